-- Lâm nghiệp: diện tích, tỷ lệ che phủ rừng, bảo vệ rừng và chi trả dịch vụ môi trường rừng.
return sector {
  api = 1,
  id = "forestry",
  title = "Lâm nghiệp",
  section = "II.I.1.c",
  departments = { "phong-kinh-te" },
  unit = "ha",

  indicators = {
    cover = { "Tỷ lệ che phủ rừng", unit = "%", range = { 10, 60 }, decimals = { value = 2 } },
    paid_area = { "Diện tích được chi trả dịch vụ môi trường rừng năm trước", at_most = "forest",
      aliases = { "Diện tích được chi trả dịch vụ môi trường rừng năm {@period.last_year}" } },
    paid_money = { "Tiền chi trả dịch vụ môi trường rừng năm trước", unit = "đồng",
      aliases = { "Tiền chi trả dịch vụ môi trường rừng năm {@period.last_year}" } },
    contracted = { "Diện tích ký hợp đồng bảo vệ rừng trong năm", at_most = "forest",
      because = "diện tích ký hợp đồng có thể gồm cả đất chưa thành rừng",
      aliases = { "Diện tích ký hợp đồng bảo vệ rừng năm {@period.year}" } },
    forest = { "Tổng diện tích rừng hiện có",
      parts = { natural = { "Rừng tự nhiên" }, planted = { "Rừng trồng tập trung" } },
      of_which = { landscape = { "Rừng cảnh quan" } } },
  },

  narrative = {
    protection = "Bảo vệ rừng, phòng cháy chữa cháy rừng",
    payment = "Chi trả dịch vụ môi trường rừng",
  },

  text = function(d, out)
    out:item("Về lâm nghiệp:[ {protection}][ {payment|bare}[{^paid}].]"
      .. "[ Tỷ lệ che phủ rừng {cover.reached} {cover}[{^forests}].]", {
      paid = "[Diện tích rừng được nghiệm thu, chi trả tiền dịch vụ môi trường rừng năm {@period.last_year} là {paid_area}"
        .. "[, tổng số tiền {paid_money}].][ Năm {@period.year}, đã ký hợp đồng bảo vệ {contracted} rừng.]",
      forests = "Tổng diện tích rừng hiện có là {forest}[, trong đó: {kinds}][; riêng rừng cảnh quan là {landscape}].",
      kinds = list({ d.natural, d.planted }, "{it.name} {it}") })
  end,
}
