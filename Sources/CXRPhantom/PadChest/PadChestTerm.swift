// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A label term of PadChest: its concept, how often it is used, and the findings it stands for.
///
/// Terms, concepts and the strict findings are those of the published label tree; the shares are
/// rounded to the order of the published counts.
///
/// - SeeAlso: Bustos et al., *Medical Image Analysis* 66 (2020),
///   <https://doi.org/10.1016/j.media.2020.101797>.
struct PadChestTerm {
  let name: String
  /// The concept of the Unified Medical Language System; empty when the tree gives none.
  let concept: String
  /// The share of abnormal studies with the term.
  let share: Double
  /// By how many factors of 1.5 the share grows in 18 years of age.
  let ageFactor: Int
  /// The findings that the term stands for, to the letter.
  let findings: [Finding]

  private init(
    _ name: String, _ concept: String, _ share: Double, age ageFactor: Int = 0,
    _ findings: [Finding] = []
  ) {
    self.name = name
    self.concept = concept
    self.share = share
    self.ageFactor = ageFactor
    self.findings = findings
  }

  /// The terms of radiological findings and diagnoses, in the order of the tree.
  static let all: [PadChestTerm] = [
    PadChestTerm("chronic changes", "C0742362", 0.06, age: 1),
    PadChestTerm("calcified densities", "C2203586", 0.01),
    PadChestTerm("calcified granuloma", "C0333404", 0.035),
    PadChestTerm("calcified adenopathy", "", 0.012),
    PadChestTerm("calcified pleural thickening", "", 0.006, age: 1, [.pleuralOther]),
    PadChestTerm("calcified pleural plaques", "", 0.003, age: 1, [.pleuralOther]),
    PadChestTerm("heart valve calcified", "C2073448", 0.003, age: 1),
    PadChestTerm("granuloma", "C0235557", 0.03),
    PadChestTerm("adenopathy", "C0478664", 0.006),
    PadChestTerm("nodule", "C0034079", 0.045, [.lungLesion]),
    PadChestTerm("multiple nodules", "C2073563", 0.008, [.lungLesion]),
    PadChestTerm("pseudonodule", "", 0.015),
    PadChestTerm("nipple shadow", "", 0.012),
    PadChestTerm("cavitation", "C0578537", 0.005),
    PadChestTerm("fibrotic band", "C0865843", 0.04, age: 1),
    PadChestTerm("volume loss", "C3203358", 0.03, age: 1),
    PadChestTerm("bullas", "C0241982", 0.006),
    PadChestTerm("pneumothorax", "C2073565", 0.005, age: -1, [.pneumothorax]),
    PadChestTerm("hydropneumothorax", "C0020303", 0.002, [.pneumothorax, .pleuralEffusion]),
    PadChestTerm("pneumomediastinum", "C2073636", 0.001),
    PadChestTerm("subcutaneous emphysema", "C0038536", 0.003),
    PadChestTerm("hyperinflated lung", "C0546312", 0.012, age: 1),
    PadChestTerm("flattened diaphragm", "C2073504", 0.012, age: 1),
    PadChestTerm("air trapping", "C0231819", 0.04, age: 1),
    PadChestTerm("bronchiectasis", "C0006267", 0.025, age: 1),
    PadChestTerm("infiltrates", "C0277877", 0.06, [.lungOpacity]),
    PadChestTerm("interstitial pattern", "C2073538", 0.065, age: 1, [.lungOpacity]),
    PadChestTerm("ground glass pattern", "C3544344", 0.008, [.lungOpacity]),
    PadChestTerm("reticular interstitial pattern", "", 0.01, age: 1, [.lungOpacity]),
    PadChestTerm("reticulonodular interstitial pattern", "C2073672", 0.005, age: 1, [.lungOpacity]),
    PadChestTerm("miliary opacities", "C2073583", 0.001, [.lungOpacity]),
    PadChestTerm("alveolar pattern", "C1332240", 0.035, [.lungOpacity]),
    PadChestTerm("consolidation", "C0521530", 0.012, [.lungOpacity, .consolidation]),
    PadChestTerm("air bronchogram", "C3669021", 0.005, [.lungOpacity, .consolidation]),
    PadChestTerm("bronchovascular markings", "C2073518", 0.025),
    PadChestTerm("increased density", "C1443940", 0.03, [.lungOpacity]),
    PadChestTerm("atelectasis", "C0004144", 0.018, age: 1, [.atelectasis]),
    PadChestTerm("total atelectasis", "C0264497", 0.001, [.atelectasis]),
    PadChestTerm("lobar atelectasis", "", 0.003, [.atelectasis]),
    PadChestTerm("segmental atelectasis", "", 0.001, [.atelectasis]),
    PadChestTerm("laminar atelectasis", "", 0.06, age: 1, [.atelectasis]),
    PadChestTerm("round atelectasis", "C2062952", 0.0005, [.atelectasis]),
    PadChestTerm("atelectasis basal", "C0746053", 0.001, [.atelectasis]),
    PadChestTerm("fissure thickening", "", 0.002, [.pleuralOther]),
    PadChestTerm("minor fissure thickening", "", 0.005, [.pleuralOther]),
    PadChestTerm("major fissure thickening", "", 0.002, [.pleuralOther]),
    PadChestTerm("loculated fissural effusion", "", 0.0015, [.pleuralEffusion]),
    PadChestTerm("pleural thickening", "C0264545", 0.015, age: 1, [.pleuralOther]),
    PadChestTerm("apical pleural thickening", "", 0.05, age: 1, [.pleuralOther]),
    PadChestTerm("pleural plaques", "C0340030", 0.002, age: 1, [.pleuralOther]),
    PadChestTerm("pleural effusion", "C2073625", 0.065, age: 1, [.pleuralEffusion]),
    PadChestTerm("loculated pleural effusion", "C0747639", 0.006, [.pleuralEffusion]),
    PadChestTerm("empyema", "C0014009", 0.0005, [.pleuralEffusion]),
    PadChestTerm("hemothorax", "C0019123", 0.0005, [.pleuralEffusion]),
    PadChestTerm("pleural mass", "C1709576", 0.0005, [.pleuralOther]),
    PadChestTerm("costophrenic angle blunting", "C0742855", 0.06, age: 1),
    PadChestTerm("vascular redistribution", "C0239041", 0.008, age: 1),
    PadChestTerm("hilar enlargement", "C1698506", 0.015),
    PadChestTerm("vascular hilar enlargement", "", 0.025, age: 1),
    PadChestTerm("hilar congestion", "C0582411", 0.01, age: 1),
    PadChestTerm("cardiomegaly", "C0018800", 0.14, age: 1, [.cardiomegaly]),
    PadChestTerm("pericardial effusion", "C0031039", 0.0007),
    PadChestTerm("kerley lines", "C0239019", 0.001, age: 1),
    PadChestTerm("aortic atheromatosis", "C1096249", 0.02, age: 1),
    PadChestTerm("aortic elongation", "", 0.11, age: 1),
    PadChestTerm("descendent aortic elongation", "C4476542", 0.006, age: 1),
    PadChestTerm("aortic button enlargement", "C1851119", 0.008, age: 1),
    PadChestTerm("supra aortic elongation", "", 0.006, age: 1),
    PadChestTerm("mediastinal enlargement", "C2021206", 0.008, [.enlargedCardiomediastinum]),
    PadChestTerm(
      "superior mediastinal enlargement", "C4273001", 0.01, [.enlargedCardiomediastinum]),
    PadChestTerm("goiter", "C0018021", 0.004),
    PadChestTerm("mediastinal mass", "C0240318", 0.002),
    PadChestTerm("hiatal hernia", "C3489393", 0.022, age: 1),
    PadChestTerm("tracheal shift", "", 0.008),
    PadChestTerm("mass", "C2603353", 0.006, [.lungLesion]),
    PadChestTerm("breast mass", "C0024103", 0.0005),
    PadChestTerm("pulmonary mass", "C0149726", 0.009, [.lungLesion]),
    PadChestTerm("soft tissue mass", "C0457196", 0.0007),
    PadChestTerm("scoliosis", "C0036439", 0.06, age: 1),
    PadChestTerm("kyphosis", "C2115817", 0.03, age: 1),
    PadChestTerm("vertebral degenerative changes", "C4290224", 0.06, age: 1),
    PadChestTerm("vertebral compression", "C0262431", 0.006, age: 1),
    PadChestTerm("vertebral anterior compression", "", 0.015, age: 1),
    PadChestTerm("osteopenia", "C0029453", 0.01, age: 1),
    PadChestTerm("fracture", "C0016658", 0.001, [.fracture]),
    PadChestTerm("clavicle fracture", "C0159658", 0.003, [.fracture]),
    PadChestTerm("humeral fracture", "C0020162", 0.002, age: 1, [.fracture]),
    PadChestTerm("vertebral fracture", "C0080179", 0.004, age: 1, [.fracture]),
    PadChestTerm("rib fracture", "C0035522", 0.004, [.fracture]),
    PadChestTerm("callus rib fracture", "C0006767", 0.022, [.fracture]),
    PadChestTerm("gynecomastia", "C0018418", 0.006),
    PadChestTerm("Chilaiditi sign", "C3178780", 0.002),
    PadChestTerm("hemidiaphragm elevation", "C2073707", 0.025),
    PadChestTerm("diaphragmatic eventration", "C0011981", 0.006),
    PadChestTerm("tracheostomy tube", "C0184159", 0.004, [.supportDevices]),
    PadChestTerm("endotracheal tube", "C0336630", 0.009, [.supportDevices]),
    PadChestTerm("NSG tube", "", 0.018, [.supportDevices]),
    PadChestTerm("chest drain tube", "C0008034", 0.006, [.supportDevices]),
    PadChestTerm("ventriculoperitoneal drain tube", "C0162702", 0.0015, [.supportDevices]),
    PadChestTerm("gastrostomy tube", "C0150595", 0.0005, [.supportDevices]),
    PadChestTerm("nephrostomy tube", "C0184149", 0.0005, [.supportDevices]),
    PadChestTerm("double J stent", "C0441293", 0.001, [.supportDevices]),
    PadChestTerm("catheter", "C0085590", 0.002, [.supportDevices]),
    PadChestTerm("central venous catheter", "C1145640", 0.008, [.supportDevices]),
    PadChestTerm(
      "central venous catheter via subclavian vein", "C0398281", 0.006, [.supportDevices]),
    PadChestTerm("central venous catheter via jugular vein", "C0398278", 0.014, [.supportDevices]),
    PadChestTerm("reservoir central venous catheter", "C2026143", 0.012, [.supportDevices]),
    PadChestTerm("electrical device", "", 0.0007, [.supportDevices]),
    PadChestTerm("dual chamber device", "C2732817", 0.012, age: 1, [.supportDevices]),
    PadChestTerm("single chamber device", "C2733312", 0.005, age: 1, [.supportDevices]),
    PadChestTerm("pacemaker", "C0030163", 0.022, age: 1, [.supportDevices]),
    PadChestTerm("dai", "C0972395", 0.002, [.supportDevices]),
    PadChestTerm("artificial heart valve", "C1399223", 0.007, age: 1, [.supportDevices]),
    PadChestTerm("artificial mitral heart valve", "C0869752", 0.0015, age: 1, [.supportDevices]),
    PadChestTerm("artificial aortic heart valve", "C0869748", 0.002, age: 1, [.supportDevices]),
    PadChestTerm("surgery", "", 0.006),
    PadChestTerm("metal", "C0025552", 0.015),
    PadChestTerm("osteosynthesis material", "C0016642", 0.006),
    PadChestTerm("sternotomy", "C0185792", 0.024, age: 1),
    PadChestTerm("suture material", "C4305366", 0.03),
    PadChestTerm("mammary prosthesis", "C0917968", 0.004),
    PadChestTerm("mastectomy", "C0024881", 0.015),
    PadChestTerm("abnormal foreign body", "C0016542", 0.001),
    PadChestTerm("external foreign body", "", 0.0007),
    PadChestTerm("pneumonia", "C0032285", 0.05, [.pneumonia]),
    PadChestTerm("atypical pneumonia", "C1412002", 0.004, [.pneumonia]),
    PadChestTerm("viral pneumonia", "C0032310", 0.0005, [.pneumonia]),
    PadChestTerm("tuberculosis", "C0041296", 0.005),
    PadChestTerm("tuberculosis sequelae", "C0494132", 0.008, age: 1),
    PadChestTerm("lung metastasis", "C0153676", 0.006),
    PadChestTerm("pulmonary fibrosis", "C0034069", 0.01, age: 1),
    PadChestTerm("emphysema", "C0034067", 0.012, age: 1),
    PadChestTerm("COPD signs", "C0024117", 0.12, age: 1),
    PadChestTerm("heart insufficiency", "C0018801", 0.025, age: 1),
    PadChestTerm("pulmonary hypertension", "C0020542", 0.0015, age: 1),
    PadChestTerm("pulmonary edema", "C0034063", 0.006, age: 1, [.edema]),
    PadChestTerm("bone metastasis", "C0153690", 0.001),
  ]

  /// Words that hold the name of another class and are none of it.
  static let traps: Set<String> = [
    "pericardial effusion", "breast mass", "soft tissue mass", "mediastinal mass", "pleural mass",
    "pseudonodule", "subcutaneous emphysema", "tuberculosis", "tuberculosis sequelae",
    "abnormal foreign body",
  ]
}
