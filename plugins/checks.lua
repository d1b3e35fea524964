-- Quan hệ phải đúng giữa các ngành; tổng và các thành phần trong một ngành đã được kiểm tra theo khai báo.
return checks {
  api = 1,
  run = function(r, check)
    local budget, capital, mtqg, crop = r.budget, r.capital, r.mtqg, r.crop
    local education, justice, media, police = r.education, r.justice, r.media, r.police
    local ocop, selfgov = r["prog-trade"], r["prog-selfgov"]

    check:equal("Tổng chi ngân sách địa phương và cộng các khoản chi", budget.exp_total,
      sum(budget.recurrent, budget.investment, budget.targeted),
      { because = "các khoản \"trong đó\" có thể chưa liệt kê đủ" })
    check:equal("Giải ngân vốn đầu tư Chương trình MTQG: biểu đầu tư công và biểu Chương trình MTQG",
      capital.mtqg, mtqg.this_year_invest)
    check:equal("Chi bổ sung có mục tiêu và giải ngân vốn Chương trình MTQG", budget.targeted, capital.mtqg,
      { because = "hai số có thể khác phạm vi" })
    check:at_most("Thu ngân sách thành phố hưởng không vượt thu trên địa bàn", budget.city_share, budget.rev_local)
    check:at_most("Thu cân đối không vượt thu ngân sách thành phố hưởng", budget.rev_balance, budget.city_share)
    check:at_most("Vốn ủy thác trong kỳ không vượt lũy kế", budget.entrusted, budget.entrusted_so_far)
    check:at_most("Giải ngân không vượt khối lượng hoàn thành", capital.total, capital.total.volume)
    check:at_most("Kế hoạch đã nhập Tabmis không vượt kế hoạch giao", capital.total.target.tabmis, capital.total.target.annual)

    check:equal("Kế hoạch vốn đầu tư MTQG: biểu đầu tư công và các Chương trình", capital.mtqg.target.annual,
      mtqg.dtts_invest.target.annual + mtqg.ntm_invest.target.annual - mtqg.carry.target.annual + mtqg.carry_career.target.annual)
    check:equal("Giải ngân MTQG: tổng số và vốn trong năm cộng vốn chuyển nguồn", mtqg.total, mtqg.this_year + mtqg.carry)
    check:equal("Kế hoạch MTQG: tổng số và vốn trong năm cộng vốn chuyển nguồn", mtqg.total.target.annual,
      mtqg.this_year.target.annual + mtqg.carry.target.annual)
    check:equal("Kế hoạch vốn MTQG trong năm và các Chương trình trừ vốn chuyển nguồn", mtqg.this_year.target.annual,
      mtqg.dtts.target.annual + mtqg.poverty.target.annual + mtqg.ntm.target.annual - mtqg.carry.target.annual)
    check:equal("Giải ngân vốn đầu tư MTQG trong năm và các Chương trình", mtqg.this_year_invest,
      mtqg.dtts_invest + mtqg.ntm_invest)
    check:equal("Giải ngân vốn sự nghiệp MTQG trong năm và các Chương trình", mtqg.this_year_career,
      mtqg.dtts_career + mtqg.ntm_career - mtqg.carry_career)

    check:at_most("Diện tích các loại cây trồng không vượt tổng diện tích gieo trồng",
      sum(crop.rice, crop.maize, crop.vegetable, crop.flower, crop.industrial, crop.fruit), crop.sown,
      { because = "cây lâu năm có thể không tính vào diện tích gieo trồng" })
    check:equal("Tổng diện tích rừng và cộng rừng tự nhiên, rừng trồng, rừng cảnh quan", r.forestry.forest,
      sum(r.forestry.natural, r.forestry.planted, r.forestry.landscape),
      { because = "rừng cảnh quan có thể đã tính trong hai loại kia" })
    check:at_most("Lớp mầm non không vượt số phòng học", education.classes_preschool, education.rooms_preschool)
    check:at_most("Lớp tiểu học không vượt số phòng học", education.classes_primary, education.rooms_primary)
    check:at_most("Lớp THCS và liên cấp không vượt số phòng học", education.classes_lowersec, education.rooms_lowersec)
    check:equal("Trường đạt chuẩn đến hết năm: số hiện có và số công nhận mới", education.year_end,
      education.standard + education.new_schools)
    check:at_most("Hộ được cứu đói giáp hạt không vượt tổng hộ nghèo và hộ cận nghèo", r.social.relief_households,
      r.social.poor + r.social.near_poor)
    check:at_most("Thời lượng tuyên truyền pháp luật không vượt tổng thời lượng phát thanh, truyền hình", justice.minutes,
      media.tv_minutes + media.radio_minutes)
    check:at_most("Chủ thể OCOP dự Lễ ra mắt CUCAIDO không vượt số thành viên đoàn", r.trade.ceremony_subjects,
      r.trade.ceremony_members)
    check:at_most("Chủ thể OCOP dự Lễ ra mắt CUCAIDO không vượt tổng số chủ thể OCOP", r.trade.ceremony_subjects, ocop.subjects)
    check:at_most("Chủ thể OCOP không vượt số sản phẩm OCOP", ocop.subjects, ocop.products)
    check:equal("Thông báo thu hồi đất và số hộ được thông báo", r.land.notices, r.land.notice_households)
    check:at_most("Tổ dân phố, bản tự quản không vượt tổng số tổ dân phố, bản", selfgov.recognised + selfgov.new_target,
      police.groups)
  end,
}
