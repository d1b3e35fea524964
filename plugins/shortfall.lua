-- Tồn tại, hạn chế chung trong chỉ đạo, điều hành, do Văn phòng nêu; của từng ngành nằm trong quy tắc của ngành đó.
return sector {
  api = 1,
  id = "shortfall",
  title = "Tồn tại, hạn chế chung",
  section = "II.III.2",
  departments = { "van-phong" },
  shortfalls = use("difficulties"),
}
