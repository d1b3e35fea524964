-- Tư pháp: thẩm định văn bản, phổ biến pháp luật, hộ tịch, chứng thực, hòa giải ở cơ sở.
return sector {
  api = 1,
  id = "justice",
  title = "Tư pháp",
  section = "II.I.3",
  departments = { "phong-tu-phap" },

  indicators = {
    drafts = { "Dự thảo văn bản quy phạm pháp luật được thẩm định", unit = "dự thảo", names = true },
    talks = { "Cuộc tuyên truyền miệng", unit = "cuộc" },
    attendees = { "Lượt người nghe tuyên truyền miệng", unit = "lượt người" },
    documents = { "Tệp tài liệu luật, nghị định đã cung cấp", unit = "tệp" },
    conferences = { "Hội nghị trực tuyến phổ biến pháp luật", unit = "hội nghị" },
    delegates = { "Đại biểu dự hội nghị trực tuyến", unit = "đại biểu" },
    posters = { "Poster phòng, chống tội phạm đã dán", unit = "poster" },
    leaflets = { "Tờ rơi về Luật Căn cước đã cấp phát", unit = "tờ rơi" },
    broadcasts = { "Chương trình, tin bài, phóng sự, video tuyên truyền pháp luật", unit = "chương trình" },
    minutes = { "Thời lượng phát sóng tuyên truyền pháp luật", unit = "phút" },
    certified = { "Chứng thực", unit = "trường hợp" },
    births = { "Đăng ký khai sinh", unit = "trường hợp" },
    marriages = { "Đăng ký kết hôn", unit = "cặp" },
    deaths = { "Đăng ký khai tử", unit = "trường hợp" },
    marital_status = { "Cấp giấy xác nhận tình trạng hôn nhân", unit = "trường hợp" },
    mediation = { "Vụ việc hòa giải ở cơ sở đã tiếp nhận", unit = "vụ việc",
      parts = {
        reconciled = { "Hòa giải thành" },
        failed = { "Hòa giải không thành" },
        ongoing = { "Đang hòa giải" },
      } },
  },

  narrative = {
    drafting = "Xây dựng, rà soát và thẩm định văn bản",
    drafts_content = "Nội dung dự thảo được thẩm định",
    laws = "Tài liệu luật đã cung cấp",
    dissemination = "Phổ biến, giáo dục pháp luật",
    civil_status = "Hòa giải, chứng thực và hộ tịch",
  },

  text = function(d, out)
    out:paragraph("[{drafting|bare}[; đã thẩm định {drafts}[{^draft_list}]].]"
      .. "[ {dissemination|bare}[{^activities}].][ {civil_status|bare}[{^cases}].]", {
      draft_list = "[{drafts|bare} Dự thảo Quyết định về {drafts.names}.][ {drafts_content}]",
      activities = "[Tuyên truyền miệng {talks}[ cho {attendees}].][ Cung cấp {documents} tài liệu pháp luật điện tử"
        .. "[ cho {delegates}][ dự {conferences} trực tuyến].[ {laws}]]"
        .. "[ Dán {posters} phòng, chống tội phạm tại nhà văn hóa, chợ, bến xe.]"
        .. "[ Cấp phát {leaflets} giới thiệu điểm mới của Luật Căn cước.]"
        .. "[ Các phương tiện thông tin đại chúng thực hiện {broadcasts}, tin bài, phóng sự, video[ với thời lượng {minutes}].]",
      cases = "[Kết quả giải quyết: {services}.][ Tiếp nhận, giải quyết {mediation} hòa giải[ ({results})].]",
      services = list({ d.certified, d.births, d.marriages, d.deaths, d.marital_status }, "{it.name} {it}"),
      results = list(d.mediation.parts, "{it.name} {it}") })
  end,
}
