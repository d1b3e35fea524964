-- Chăn nuôi, thủy sản: tổng đàn, sản lượng và thiệt hại do bệnh Dịch tả lợn Châu Phi.
return sector {
  api = 1,
  id = "livestock",
  title = "Chăn nuôi, thủy sản",
  section = "II.I.1.c",
  departments = { "phong-kinh-te" },
  targets = { "annual" },
  decimals = { attainment = 0 },

  indicators = {
    cattle = { "Tổng đàn gia súc (tính có mặt)", aliases = { "Tổng đàn gia súc" }, unit = "con" },
    poultry = { "Đàn gia cầm", unit = "con" },
    pork = { "Sản lượng thịt lợn hơi các loại", unit = "tấn" },
    pond = { "Diện tích ao nuôi trồng thủy sản", unit = "ha" },
    fish = { "Sản lượng thủy sản", unit = "tấn" },
    asf_destroyed = { "Số lợn chết, tiêu hủy", unit = "con",
      parts = {
        asf_piglets_porkers = { "Lợn con và lợn thịt" },
        asf_sows = { "Lợn nái" },
        asf_boars = { "Lợn đực giống" },
      } },
    asf_weight = { "Tổng trọng lượng lợn tiêu hủy", unit = "kg" },
    asf_households = { "Số hộ có lợn tiêu hủy", unit = "hộ" },
    asf_villages = { "Số bản có dịch", unit = "bản", names = true },
  },

  narrative = {
    development = "Phát triển chăn nuôi, phòng chống dịch bệnh",
    asf = "Xử lý bệnh Dịch tả lợn Châu Phi",
  },

  text = function(d, out)
    out:item("Về chăn nuôi, thủy sản:[ {development|bare}[{^herd}].]"
      .. "[ Diện tích ao nuôi trồng thủy sản hiện có là {pond}.]"
      .. "[ Sản lượng thủy sản {fish.reached} {fish}[, đạt {fish.attainment} kế hoạch].]", {
      herd = "[{cattle.label} là {cattle}[, đạt {cattle.attainment} kế hoạch].]"
        .. "[ Đàn gia cầm là {poultry}[, đạt {poultry.attainment} kế hoạch].]"
        .. "[ Sản lượng thịt lợn hơi các loại {pork.reached} {pork}[, đạt {pork.attainment} kế hoạch].][ {asf}]"
        .. "[ Tổng số lợn chết, tiêu hủy là {asf_destroyed}[, trong đó: {kinds}].]"
        .. "[ Tổng trọng lượng lợn tiêu hủy là {asf_weight}.]"
        .. "[ Bệnh xảy ra ở đàn lợn của {asf_households}[ tại {asf_villages}[ ({asf_villages.names})]].]",
      kinds = list(d.asf_destroyed.parts, "{it} {it.name}") })
  end,
}
