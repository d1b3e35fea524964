-- Bồi thường, hỗ trợ, tái định cư; vướng mắc trong giải phóng mặt bằng.
return sector {
  api = 1,
  id = "compensation",
  title = "Bồi thường, hỗ trợ, tái định cư",
  section = "II.I.1.g",
  departments = { "trung-tam-phat-trien-quy-dat" },

  indicators = {
    projects = { "Dự án được chi trả tiền bồi thường", unit = "dự án" },
    paid = { "Tiền bồi thường đã chi trả", unit = "tỷ đồng" },
    persuaded = { "Hộ gia đình được vận động chấp hành thu hồi đất", unit = "hộ gia đình" },
    persuaded_projects = { "Dự án có hộ được vận động chấp hành thu hồi đất", unit = "dự án", names = true },
    enforcements = { "Quyết định cưỡng chế thu hồi đất", unit = "quyết định" },
    cancellations = { "Quyết định hủy quyết định cưỡng chế thu hồi đất", unit = "quyết định" },
  },

  narrative = {
    work = "Bồi thường, hỗ trợ, tái định cư",
    prices = "Đơn giá bồi thường năm {@period.year}",
    comments = "Góp ý dự thảo quy định của tỉnh",
    enforcement = "Cưỡng chế thu hồi đất",
  },

  shortfalls = use("difficulties"),

  text = function(d, out)
    out:paragraph("[{work}][ {prices}][ {comments}]"
      .. "[ Đã chi trả tiền bồi thường đối với {projects}[, tổng số tiền {paid}].]"
      .. "[ Vận động thành công {persuaded}[ tại {persuaded_projects}[ ({persuaded_projects.names})]]"
      .. " chấp hành việc thu hồi đất[{^decisions}].]",
      { decisions = "Ban hành {enforcements} cưỡng chế thu hồi đất[; {cancellations} hủy quyết định cưỡng chế thu hồi đất]."
          .. "[ {enforcement}]" })
  end,
}
