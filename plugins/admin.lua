-- Cải cách hành chính: hồ sơ thủ tục hành chính, dịch vụ công trực tuyến, chỉ số cải cách hành chính.
return sector {
  api = 1,
  id = "admin",
  title = "Cải cách hành chính",
  section = "II.I.3",
  departments = { "van-phong" },

  indicators = {
    updated = { "Tỷ lệ hồ sơ được cập nhật, luân chuyển trên Hệ thống thông tin giải quyết TTHC tỉnh", unit = "%",
      decimals = { value = 0 } },
    received = { "Hồ sơ thủ tục hành chính đã tiếp nhận", unit = "hồ sơ",
      of_which = {
        resolved = { "Hồ sơ đã giải quyết",
          of_which = { on_time = { "Hồ sơ giải quyết trước và đúng hạn", decimals = { share = 2 } } } },
      } },
    online = { "Tỷ lệ hồ sơ nộp trực tuyến", unit = "%", decimals = { value = 1 } },
    online_payment = { "Tỷ lệ thanh toán trực tuyến", unit = "%", decimals = { value = 2 } },
    e_result = { "Tỷ lệ hồ sơ cấp kết quả điện tử", unit = "%", decimals = { value = 2 } },
    digitised = { "Tỷ lệ số hóa hồ sơ, kết quả giải quyết TTHC", unit = "%", decimals = { value = 2 } },
  },

  narrative = {
    plans = "Kế hoạch cải cách hành chính",
    scoring = "Chấm điểm chỉ số cải cách hành chính",
    procedures = "Giải quyết thủ tục hành chính",
    electronic = "Giải quyết thủ tục trên môi trường điện tử",
    competitiveness = "Chỉ số năng lực cạnh tranh (DDCI)",
    project = "Thực hiện Đề án 06",
  },

  text = function(d, out)
    out:paragraph("[{plans}][ {scoring}][ {procedures}]"
      .. "[ Tỷ lệ hồ sơ tại Bộ phận Một cửa của thành phố và các xã, phường được cập nhật lên Hệ thống thông tin"
      .. " giải quyết thủ tục hành chính của tỉnh đạt {updated}.]"
      .. "[ {electronic|bare}[{^files}].][ {competitiveness}][ {project}]", {
      files = "[Trong {@period.name} đã tiếp nhận {received} thủ tục hành chính[, giải quyết xong {resolved}"
        .. "[, trong đó trước và đúng hạn {on_time}, đạt {on_time.share} số hồ sơ đã giải quyết]].]"
        .. "[ Trên môi trường điện tử: {rates}.]",
      rates = list({ d.online, d.online_payment, d.e_result, d.digitised }, "{it.name} đạt {it}") })
  end,
}
