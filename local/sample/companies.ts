/**
 * The companies of the sample programme, plainly made up. Their ids are stable: whoever plays a story by name (tests,
 * demonstrations) may rely on them.
 */
export interface SampleCompany {
  /** Also the organisation's id. */
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly city: string;
  /** BCP 47. */
  readonly language: string;
  readonly service: string;
  /** An option of the application's field. */
  readonly sector: string;
  /** Whether there is a member beside the admin, and whether that member may submit. */
  readonly member?: "may_submit" | "edits_only";
}

/** "aurora" has no pilot: stories that begin with an application begin there. */
export const sampleCompanies: readonly SampleCompany[] = [
  company("aurora", "Sample Aurora SIA", ["LV", "Riga", "lv"], "Sample home-care diary", "e_health", "may_submit"),
  company("birch", "Sample Birch Oy", ["FI", "Oulu", "fi"], "Sample class planner", "e_learning"),
  company(
    "cloudberry",
    "Sample Cloudberry OÜ",
    ["EE", "Tartu", "et"],
    "Sample permit desk",
    "e_government",
    "may_submit",
  ),
  company("drift", "Sample Drift AB", ["SE", "Umeå", "sv"], "Sample energy board", "smart_city"),
  company("elder", "Sample Elder UAB", ["LT", "Kaunas", "lt"], "Sample rehab coach", "e_health", "edits_only"),
  company("fern", "Sample Fern EOOD", ["BG", "Plovdiv", "bg"], "Sample skills passport", "lifelong_learning"),
  company(
    "granite",
    "Sample Granite d.o.o.",
    ["RS", "Novi Sad", "sr"],
    "Sample parking guide",
    "smart_city",
    "may_submit",
  ),
  company("heron", "Sample Heron d.o.o.", ["HR", "Rijeka", "hr"], "Sample sleep journal", "well_being"),
  company("iris", "Sample Iris OÜ", ["EE", "Pärnu", "et"], "Sample invoice helper", "fintech", "may_submit"),
  company("juniper", "Sample Juniper SIA", ["LV", "Liepāja", "lv"], "Sample library guide", "e_learning", "edits_only"),
  company("kestrel", "Sample Kestrel Oy", ["FI", "Vaasa", "fi"], "Sample staff rota", "ict_general"),
  company("larch", "Sample Larch UAB", ["LT", "Klaipėda", "lt"], "Sample waste map", "smart_city", "may_submit"),
  company("maple", "Sample Maple AB", ["SE", "Luleå", "sv"], "Sample triage form", "e_health"),
];

/** The companies that only the portfolio has beside those above: every country of the programme area is somebody's home. */
export const portfolioCompanies: readonly SampleCompany[] = [
  company("acorn", "Sample Acorn OÜ", ["EE", "Tallinn", "et"], "Sample visit planner", "e_health"),
  company("alder", "Sample Alder SIA", ["LV", "Daugavpils", "lv"], "Sample tutor match", "e_learning"),
  company("badger", "Sample Badger Oy", ["FI", "Tampere", "fi"], "Sample snow watch", "smart_city"),
  company("basil", "Sample Basil UAB", ["LT", "Vilnius", "lt"], "Sample consent box", "e_government"),
  company("beaver", "Sample Beaver AB", ["SE", "Västerås", "sv"], "Sample water meter", "smart_city"),
  company("bluebell", "Sample Bluebell EOOD", ["BG", "Varna", "bg"], "Sample memory trainer", "well_being"),
  company("bramble", "Sample Bramble d.o.o.", ["RS", "Belgrade", "sr"], "Sample tax diary", "fintech"),
  company("cedar", "Sample Cedar d.o.o.", ["HR", "Split", "hr"], "Sample harbour pass", "e_government"),
  company("clover", "Sample Clover SIA", ["LV", "Jelgava", "lv"], "Sample apprentice log", "lifelong_learning"),
  company("comet", "Sample Comet sp. z o.o.", ["PL", "Gdańsk", "pl"], "Sample street light map", "smart_city"),
  company("coral", "Sample Coral SRL", ["RO", "Cluj-Napoca", "ro"], "Sample speech exercises", "e_health"),
  company("crane", "Sample Crane OÜ", ["EE", "Narva", "et"], "Sample building logbook", "e_government"),
  company("dolphin", "Sample Dolphin AS", ["NO", "Bergen", "nb"], "Sample breathing coach", "well_being"),
  company("falcon", "Sample Falcon Oy", ["FI", "Turku", "fi"], "Sample reading club", "e_learning"),
  company("finch", "Sample Finch UAB", ["LT", "Šiauliai", "lt"], "Sample savings circle", "fintech"),
  company("glacier", "Sample Glacier AB", ["SE", "Kiruna", "sv"], "Sample shift handover", "ict_general"),
  company("harbour", "Sample Harbour ApS", ["DK", "Aarhus", "da"], "Sample bus arrival board", "smart_city"),
  company("hazel", "Sample Hazel EOOD", ["BG", "Burgas", "bg"], "Sample wound photo diary", "e_health"),
  company("indigo", "Sample Indigo IKE", ["GR", "Thessaloniki", "el"], "Sample museum guide", "ict_general"),
  company("jasmine", "Sample Jasmine d.o.o.", ["SI", "Maribor", "sl"], "Sample course finder", "lifelong_learning"),
  company("lantern", "Sample Lantern d.o.o.", ["RS", "Niš", "sr"], "Sample allergy notebook", "e_health"),
  company("lilac", "Sample Lilac SIA", ["LV", "Ventspils", "lv"], "Sample maths ladder", "e_learning"),
  company("magpie", "Sample Magpie d.o.o.", ["BA", "Mostar", "bs"], "Sample market stall till", "fintech"),
  company("meadow", "Sample Meadow OÜ", ["EE", "Viljandi", "et"], "Sample walking group", "well_being"),
  company("nettle", "Sample Nettle DOOEL", ["MK", "Bitola", "mk"], "Sample queue ticket", "e_government"),
  company("ocean", "Sample Ocean Oy", ["FI", "Kotka", "fi"], "Sample port noise map", "smart_city"),
  company("otter", "Sample Otter AB", ["SE", "Gävle", "sv"], "Sample hearing check", "e_health"),
  company("poppy", "Sample Poppy d.o.o.", ["ME", "Bar", "cnr"], "Sample guest register", "ict_general"),
  company("quartz", "Sample Quartz SHPK", ["AL", "Tirana", "sq"], "Sample parents' line", "e_learning"),
  company("raven", "Sample Raven UAB", ["LT", "Panevėžys", "lt"], "Sample craft lessons", "lifelong_learning"),
  company("willow", "Sample Willow GmbH", ["DE", "Rostock", "de"], "Sample sleep hygiene plan", "well_being"),
];

function company(
  id: string,
  name: string,
  [country, city, language]: readonly [string, string, string],
  service: string,
  sector: string,
  beside?: SampleCompany["member"],
): SampleCompany {
  return { id, name, country, city, language, service, sector, ...(beside === undefined ? {} : { member: beside }) };
}
