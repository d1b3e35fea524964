-- Quản lý, phát triển đô thị: quy hoạch, cấp phép xây dựng, trật tự đô thị, cây xanh.
return sector {
  api = 1,
  id = "urban",
  title = "Quản lý, phát triển đô thị",
  section = "II.I.1.e",
  departments = { "phong-quan-ly-do-thi" },

  indicators = {
    zoning_plans = { "Đồ án quy hoạch phân khu triển khai lập", unit = "đồ án", names = true },
    detail_plans = { "Đồ án quy hoạch chi tiết triển khai lập", unit = "đồ án", names = true },
    commune_plans = { "Xã được phê duyệt đồ án quy hoạch chung xây dựng", unit = "xã", names = true },
    houses = { "Hồ sơ nhà ở riêng lẻ được cấp phép xây dựng", unit = "bộ hồ sơ" },
    organisations = { "Tổ chức được cấp phép xây dựng", unit = "tổ chức" },
    inspections = { "Kiểm tra sau cấp phép xây dựng", unit = "lượt" },
    farmland_cases = { "Trường hợp tháo dỡ công trình xây dựng trên đất nông nghiệp", unit = "trường hợp" },
    public_land_works = { "Công trình tháo dỡ trên đất đã thu hồi và đất giao thông", unit = "công trình" },
    public_land_households = { "Hộ gia đình, cá nhân có công trình trên đất đã thu hồi và đất giao thông", unit = "hộ gia đình" },
    vendors = { "Bán hàng rong", unit = "trường hợp" },
    vendor_fines = { "Số tiền phạt bán hàng rong", unit = "triệu đồng", range = { 0.1, 1000 } },
    corridor = { "Vi phạm trật tự hành lang giao thông", unit = "trường hợp" },
    corridor_fines = { "Số tiền phạt vi phạm trật tự hành lang giao thông", unit = "triệu đồng", range = { 0.1, 1000 } },
    stray_cattle = { "Thả rông gia súc", unit = "trường hợp" },
    stray_cattle_fines = { "Số tiền phạt thả rông gia súc", unit = "triệu đồng", range = { 0.1, 1000 } },
    trees_planted = { "Cây Long não trồng tại Lễ phát động Tết trồng cây", unit = "cây" },
    tree_permits = { "Cấp phép chặt hạ, dịch chuyển cây xanh", unit = "trường hợp" },
  },

  narrative = {
    announced = "Công bố, lấy ý kiến quy hoạch",
    year_plan = "Kế hoạch lập quy hoạch xây dựng",
    zoning_progress = "Tiến độ quy hoạch phân khu",
    detail_progress = "Tiến độ quy hoạch chi tiết",
    commune_approval = "Phê duyệt quy hoạch chung xây dựng xã",
    architecture = "Quy chế quản lý kiến trúc",
    new_settlement = "Điểm dân cư mới xã San Thàng",
    management = "Quản lý xây dựng và hạ tầng đô thị",
    order = "Giữ gìn trật tự đô thị",
    farmland_places = "Địa điểm vi phạm trên đất nông nghiệp",
    public_land_places = "Địa điểm công trình trên đất đã thu hồi",
    hospital_gate = "Khu vực cổng Bệnh viện đa khoa tỉnh",
    corridor_places = "Xử lý vi phạm hành lang giao thông",
    cattle = "Xử lý gia súc thả rông",
    lighting = "Chiếu sáng, tín hiệu giao thông",
    trees = "Cây xanh đô thị",
    flowers = "Trang trí hoa dịp Xuân Giáp Thìn",
    tree_festival = "Lễ phát động Tết trồng cây",
  },

  text = function(d, out)
    out:paragraph("[{announced}][ {year_plan}][ Đang triển khai lập {zoning_plans} quy hoạch phân khu"
      .. "[, {detail_plans} quy hoạch chi tiết một số khu vực][; đã phê duyệt quy hoạch chung xây dựng {commune_plans}]"
      .. "[{^plans}].][ {architecture}][ {new_settlement}]",
      { plans = "[Quy hoạch phân khu: {zoning_plans}[ ({zoning_plans.names})].[ {zoning_progress}]]"
          .. "[ Quy hoạch chi tiết: {detail_plans}[ ({detail_plans.names})].[ {detail_progress}]]"
          .. "[ Quy hoạch chung xây dựng: {commune_plans}[ ({commune_plans.names})].[ {commune_approval}]]" })
    out:paragraph("[{management}][ Trong {@period.name}, đã cấp phép xây dựng đối với {houses} nhà ở riêng lẻ"
      .. "[ và {organisations}][; kiểm tra sau cấp phép {inspections}].][ {order|bare}[{^violations}].][ {cattle|bare}[{^cattle_fined}].]"
      .. "[ {lighting}]",
      { violations = "[Tuyên truyền, tháo dỡ công trình tự ý xây dựng trên đất nông nghiệp đối với {farmland_cases}."
          .. "[ {farmland_places}]]"
          .. "[ Vận động tháo dỡ {public_land_works} trên đất đã thu hồi và đất giao thông của {public_land_households}, cá nhân."
          .. "[ {public_land_places}]][ {hospital_gate}][ Xử phạt {vendors} bán hàng rong[, số tiền {vendor_fines|short}].]"
          .. "[ {corridor_places|bare}[: xử phạt hành chính {corridor}[, số tiền {corridor_fines|short}]].]",
        cattle_fined = "Đã xử phạt {stray_cattle} thả rông gia súc[, số tiền {stray_cattle_fines|short}]." })
    out:paragraph("[{trees|bare}[{^planting}].]",
      { planting = "[{flowers}][ {tree_festival|bare}[, trồng {trees_planted} Long não].]"
          .. "[ Cấp phép chặt hạ, dịch chuyển cây xanh cho {tree_permits}.]" })
  end,
}
