-- Quốc phòng: sẵn sàng chiến đấu, xây dựng lực lượng, huấn luyện dân quân tự vệ, cứu hộ cứu nạn.
return sector {
  api = 1,
  id = "military",
  title = "Quốc phòng",
  section = "II.I.4",
  departments = { "ban-chi-huy-quan-su" },

  indicators = {
    recruits = { "Tân binh giao nhận", unit = "công dân",
      parts = {
        army = { "Thực hiện nghĩa vụ quân sự" },
        police = { "Thực hiện nghĩa vụ công an" },
      } },
    applicants = { "Thí sinh được hướng dẫn đăng ký tuyển sinh quân sự", unit = "cháu" },
    registered = { "Nam công dân đủ 17 tuổi đăng ký nghĩa vụ quân sự", unit = "nam công dân" },
    reserve = { "Cán bộ khung B tham gia huấn luyện quân dự bị", unit = "đồng chí",
      parts = { officers = { "Sĩ quan" }, ncos = { "Hạ sĩ quan" } } },

    parade = { "Dân quân, tự vệ luyện tập tham gia lễ ra quân huấn luyện", unit = "đồng chí" },
    commands = { "Số Ban CHQS xã, phường", unit = "xã phường", equals = "health.communes",
      of_which = { commands_training = { "Ban CHQS xã, phường đã huấn luyện dân quân", of = "commands" } } },
    self_defence_commands = { "Ban CHQS tự vệ được hướng dẫn huấn luyện", unit = "Ban CHQS" },
    self_defence_squads = { "Tiểu đội tự vệ được hướng dẫn huấn luyện", unit = "tiểu đội" },
    first_year = { "Dân quân năm thứ nhất phải huấn luyện", unit = "đồng chí",
      of_which = { first_year_trained = { "Dân quân năm thứ nhất tham gia huấn luyện", of = "first_year" } } },
    team = { "Dân quân được chọn vào đội tuyển của Bộ CHQS tỉnh", unit = "đồng chí" },

    fire_area = { "Diện tích rừng bị cháy", unit = "ha" },
    fire_crops = { "Diện tích cây công nghiệp và hoa màu bị thiệt hại", unit = "ha" },
    wall = { "Diện tích tường rào, bờ kè bị đổ", unit = "m2" },
    slide_depth = { "Độ sâu sạt lở", unit = "m" },
    slide_volume = { "Khối lượng sạt lở", unit = "m3" },
    yard = { "Diện tích sân bị nứt", unit = "m2" },
    roof = { "Góc mái hiên nhà dân bị sạt", unit = "góc", padded = false },
  },

  narrative = {
    readiness = "Trực sẵn sàng chiến đấu",
    plans = "Hệ thống kế hoạch quốc phòng năm {@period.year}",
    defence_area = "Sơ kết về khu vực phòng thủ",
    exercise = "Diễn tập tại phường Tân Phong",
    recruiting = "Công tác tuyển quân",
    militia = "Dân quân tự vệ và quốc phòng địa phương",
    first_year_result = "Kết quả huấn luyện dân quân năm thứ nhất",
    games = "Tổ chức hội thao quốc phòng",
    directive = "Lãnh đạo nhiệm vụ quân sự, quốc phòng",
    congress = "Đại hội Thi đua quyết thắng",
    history = "Biên soạn lịch sử quân sự",
    rescue = "Cứu hộ, cứu nạn",
    fire = "Vụ cháy rừng tại phường Đông Phong",
    slide = "Vụ sạt lở tại phường Tân Phong",
  },

  text = function(d, out)
    out:paragraph("[{readiness|bare}[{^plans_note}].][ {defence_area}][ {exercise}][ {recruiting|bare};"
      .. " tổ chức lễ giao nhận {recruits|bare} tân binh theo kế hoạch[{^force_note}].]", {
      plans_note = "{plans}",
      force_note = "[Nhập ngũ vào quân đội {army}; vào lực lượng công an {police}.]"
        .. "[ Hướng dẫn {applicants} đăng ký dự tuyển vào các trường trong quân đội.]"
        .. "[ Đăng ký nghĩa vụ quân sự lần đầu cho {registered} đủ {=17} tuổi.]"
        .. "[ Triệu tập, bàn giao {reserve} cán bộ khung B huấn luyện quân dự bị"
        .. "[ (sĩ quan {officers}, hạ sĩ quan {ncos})].]" })

    local crops = d.fire_crops.actual:equals(0) and "{fire_crops|zero=không có thiệt hại về cây công nghiệp và hoa màu}"
      or "gây thiệt hại {fire_crops} cây công nghiệp và hoa màu"
    out:paragraph("[{militia|bare}[; {parade} dân quân, tự vệ được huy động luyện tập đội ngũ để dự lễ ra quân huấn luyện"
      .. " tại Bộ CHQS tỉnh][{^training_note}].][ {directive}][ {congress}][ {history}][ {rescue|bare}[{^rescue_note}].]", {
      training_note = "[Có {commands_training/commands_training.of|bare} Ban CHQS xã, phường đã huấn luyện dân quân cơ động,"
        .. " dân quân tại chỗ.][ Hướng dẫn {self_defence_commands|bare} Ban CHQS tự vệ, {self_defence_squads} tự vệ"
        .. " của các sở, ban, ngành tỉnh huấn luyện.]"
        .. "[ Dân quân năm thứ nhất tham gia huấn luyện {first_year_trained/first_year_trained.of}.][ {first_year_result}]"
        .. "[ {games|bare}[; chọn {team} dân quân bổ sung đội tuyển của Bộ CHQS tỉnh thi đấu cấp Quân khu].]",
      rescue_note = "[{fire|bare}[, diện tích cháy {fire_area}][, " .. crops .. "].]"
        .. "[ {slide|bare}.][ Vụ sạt lở làm đổ {wall} tường rào và bờ kè[, ăn sâu {slide_depth}]"
        .. "[, khối lượng đất đá {slide_volume}][, làm nứt {yard} sân][ và sạt {roof} mái hiên nhà dân].]" })
  end,
}
