-- An ninh, trật tự: tội phạm, ma túy, quản lý hành chính, an toàn giao thông, phong trào bảo vệ an ninh Tổ quốc.
return sector {
  api = 1,
  id = "police",
  title = "An ninh, trật tự an toàn xã hội",
  section = "II.I.4",
  departments = { "cong-an" },

  indicators = {
    social = { "Tội phạm về trật tự xã hội", unit = "vụ",
      of_which = {
        social_solved = { "Số vụ điều tra làm rõ", of = "social" },
        social_suspects = { "Số đối tượng bị bắt, xử lý", unit = "đối tượng" },
      } },
    drugs = { "Tội phạm về ma túy", unit = "vụ",
      of_which = {
        drug_suspects = { "Số đối tượng bị bắt, xử lý", unit = "đối tượng" },
        heroin = { "Heroin", unit = "g" },
        opium = { "Sái thuốc phiện", unit = "g" },
        synthetic = { "Ma túy tổng hợp", unit = "g" },
      } },
    economic = { "Tội phạm, vi phạm về kinh tế", unit = "vụ",
      parts = {
        economic_prosecuted = { "Số vụ khởi tố" },
        economic_fined = { "Số vụ xử phạt vi phạm hành chính" },
      },
      of_which = {
        economic_suspects = { "Số đối tượng vi phạm", unit = "đối tượng",
          parts = {
            economic_accused = { "Khởi tố bị can" },
            economic_fined_persons = { "Xử phạt vi phạm hành chính" },
          } },
        economic_fines = { "Tiền phạt vi phạm kinh tế", unit = "triệu đồng", range = { 1, 10000 } },
      } },
    environment = { "Vi phạm pháp luật về môi trường đã xử lý", unit = "vụ",
      of_which = { environment_persons = { "Số đối tượng bị xử lý", unit = "đối tượng" } } },

    groups = { "Tổng số tổ dân phố, bản trên địa bàn", unit = "tổ dân phố, bản",
      of_which = {
        drug_free = { "Tổ dân phố, bản đã xây dựng không có ma túy", of = "groups", decimals = { ratio = 0 },
          of_which = { drug_free_recognised = { "UBND tỉnh đã công nhận không có ma túy" } } },
      } },
    addicts = { "Người nghiện ma túy đang quản lý", unit = "người" },
    users = { "Người sử dụng trái phép chất ma túy đang quản lý", unit = "người" },
    suspected_addicts = { "Người nghi nghiện ma túy đang theo dõi", unit = "người" },
    suspected_users = { "Người nghi sử dụng trái phép chất ma túy đang theo dõi", unit = "người" },
    education_files = { "Hồ sơ giáo dục tại xã, phường đã lập", unit = "hồ sơ" },
    rehabilitated = { "Người nghiện được đưa đi cai nghiện bắt buộc", unit = "người" },

    residence = { "Hồ sơ cư trú tiếp nhận", unit = "hồ sơ",
      of_which = { residence_solved = { "Hồ sơ cư trú đã giải quyết", of = "residence" } } },
    campaign = { "Thời gian đợt cao điểm cấp Căn cước", unit = "ngày" },
    id_cards = { "Hồ sơ CCCD và Căn cước đã thu nhận", unit = "hồ sơ" },
    certificates_new = { "Cấp mới giấy chứng nhận", unit = "giấy chứng nhận" },
    certificates_changed = { "Cấp đổi giấy chứng nhận", unit = "giấy chứng nhận" },
    certificates_revoked = { "Thu hồi giấy chứng nhận", unit = "giấy chứng nhận" },
    businesses = { "Cơ sở vi phạm bị xử lý", unit = "cơ sở" },
    business_fines = { "Tiền phạt cơ sở vi phạm", unit = "triệu đồng", range = { 1, 10000 } },

    accidents = { "Số vụ tai nạn giao thông", unit = "vụ" },
    deaths = { "Số người chết do tai nạn giao thông", unit = "người" },
    injured = { "Số người bị thương do tai nạn giao thông", unit = "người" },
    reports = { "Trường hợp bị lập biên bản vi phạm giao thông", unit = "trường hợp" },
    vehicles_held = { "Phương tiện bị tạm giữ", unit = "phương tiện" },
    papers_held = { "Giấy tờ bị tạm giữ", unit = "giấy tờ" },
    fined = { "Trường hợp bị xử phạt vi phạm giao thông", unit = "trường hợp", at_most = "reports" },
    traffic_fines = { "Tiền phạt giao thông nộp Kho bạc Nhà nước", unit = "triệu đồng", range = { 10, 100000 } },
    licences = { "Trường hợp bị tước giấy phép lái xe", unit = "trường hợp", at_most = "fined" },
    vehicles = { "Hồ sơ quản lý phương tiện đã giải quyết", unit = "hồ sơ",
      parts = {
        registered = { "Đăng ký mới" },
        transferred = { "Sang tên" },
        withdrawn = { "Thu hồi" },
        reissued = { "Cấp lại đăng ký xe" },
      } },

    communes = { "Tổng số xã, phường trên địa bàn", unit = "xã phường", equals = "health.communes",
      of_which = {
        festivals = { "Xã, phường tổ chức Ngày hội toàn dân bảo vệ an ninh Tổ quốc", of = "communes" },
      } },
    cameras = { "Mô hình “Camera an ninh” nhân rộng", unit = "mô hình", names = true },
    school_gates = { "Mô hình “Cổng trường an toàn giao thông”", unit = "mô hình", names = true },
    family_groups = { "Mô hình “Tổ liên gia tự quản về ANTT”", unit = "mô hình" },
    drug_free_models = { "Mô hình “Tổ dân phố, bản không có ma túy”", unit = "tổ dân phố, bản", equals = "drug_free",
      because = "số mô hình có thể chỉ tính mô hình nhân rộng trong kỳ" },
    mobilising = { "Mô hình “Dân vận khéo”", aliases = { "Mô hình “Dân vận khéo” năm {@period.year}" }, unit = "mô hình", names = true },
  },

  narrative = {
    crime_work = "Phòng ngừa, đấu tranh với tội phạm",
    drug_work = "Mục tiêu thành phố không có ma túy",
    order_work = "Quản lý hành chính và phòng cháy, chữa cháy",
    residence_work = "Quản lý cư trú",
    campaign_work = "Cao điểm cấp Căn cước",
    business_work = "Kinh doanh có điều kiện về an ninh trật tự",
    traffic_work = "Tuần tra, kiểm soát giao thông",
    vehicle_work = "Quản lý phương tiện giao thông đường bộ",
    movement = "Nhân rộng mô hình bảo vệ an ninh Tổ quốc",
    advice_model = "Mô hình “Tổ tư vấn, hỗ trợ, quản lý”",
    examples = "Đơn vị kiểu mẫu, điển hình năm {@period.year}",
    examples_kept = "Đơn vị kiểu mẫu, điển hình được duy trì",
    festival_work = "Ngày hội toàn dân bảo vệ an ninh Tổ quốc",
    local_force = "Lực lượng bảo vệ an ninh, trật tự ở cơ sở",
  },

  text = function(d, out)
    out:paragraph("[{crime_work|bare}[{^crime}].][ {drug_work|bare}[{^drug}].][ {order_work|bare}[{^order}].]"
      .. "[ {traffic_work|bare}[{^traffic}].][ {movement|bare}[{^models}].][ {examples}][ {examples_kept}]"
      .. "[ {festival_work|bare}[; {festivals/festivals.of|bare} xã, phường đã tổ chức Ngày hội].][ {local_force}]", {
      crime = "[Tội phạm về trật tự xã hội: xảy ra {social}[ ({social.change})]"
        .. "[, làm rõ {social_solved/social_solved.of}][, bắt, xử lý {social_suspects}].]"
        .. "[ Tội phạm về ma túy: bắt, khởi tố {drugs}[/{drug_suspects}] mua bán, tàng trữ, tổ chức sử dụng trái phép"
        .. " chất ma túy[ ({drugs.change})][, thu giữ {heroin} heroin, {opium} sái thuốc phiện, {synthetic} ma túy tổng hợp].]"
        .. "[ Tội phạm, vi phạm về kinh tế: phát hiện {economic}[/{economic_suspects}][ ({economic.change})]"
        .. "[; khởi tố {economic_prosecuted}/{economic_accused|bare} bị can]"
        .. "[; xử phạt hành chính {economic_fined}/{economic_fined_persons}[, số tiền {economic_fines|short}]].]"
        .. "[ Vi phạm pháp luật về môi trường: xử phạt hành chính {environment}[/{environment_persons}]"
        .. "[ ({environment.change})].]",
      drug = "[Đã xây dựng được {drug_free/drug_free.of} không có ma túy[, đạt tỷ lệ {drug_free.ratio}]"
        .. "[; UBND tỉnh công nhận {drug_free_recognised}].]"
        .. "[ Đang quản lý {addicts} nghiện ma túy, {users} sử dụng trái phép chất ma túy"
        .. "[; theo dõi {suspected_addicts} nghi nghiện, {suspected_users} nghi sử dụng trái phép].]"
        .. "[ Lập {education_files} giáo dục tại xã, phường[; đưa {rehabilitated} đi cai nghiện bắt buộc"
        .. " tại cơ sở cai nghiện của tỉnh].]",
      order = "[{residence_work|bare}[, đã giải quyết {residence_solved/residence_solved.of} tiếp nhận].]"
        .. "[ {campaign_work|bare}[ trong {campaign}, đêm][; lũy kế từ đầu năm thu nhận {id_cards} CCCD và Căn cước].]"
        .. "[ {business_work|bare}[: cấp mới {certificates_new|bare}, cấp đổi {certificates_changed|bare},"
        .. " thu hồi {certificates_revoked} đủ điều kiện][; xử phạt hành chính {businesses} vi phạm"
        .. "[, số tiền {business_fines|short}]].]",
      traffic = "[Từ đầu năm xảy ra {accidents} tai nạn giao thông[, làm {deaths} chết][, {injured} bị thương]"
        .. "[ (số vụ {accidents.change|short}[, số người bị thương {injured.change}])].]"
        .. "[ Lập biên bản {reports} vi phạm[, tạm giữ {vehicles_held} và {papers_held}]"
        .. "[; xử phạt {fined}[, nộp Kho bạc Nhà nước {traffic_fines|bare}trđ]][, tước giấy phép lái xe {licences}].]"
        .. "[ {vehicle_work|bare}[; giải quyết {vehicles}[, trong đó: {kinds}]].]",
      kinds = list(d.vehicles.parts, "{it.name} {it|bare}"),
      models = "[{advice_model}][ Nhân rộng {cameras} “Camera an ninh”[ ({cameras.names})]"
        .. "[, {school_gates} “Cổng trường an toàn giao thông”[ ({school_gates.names})]].]"
        .. "[ Phát triển thêm {family_groups} “Tổ liên gia tự quản về ANTT”"
        .. "[ và {drug_free_models|bare} mô hình “Tổ dân phố, bản không có ma túy”].]"
        .. "[ Triển khai {mobilising} “Dân vận khéo”[: {mobilising.names}].]" })
  end,
}
