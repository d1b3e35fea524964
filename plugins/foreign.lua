-- Công tác đối ngoại: quan hệ với các địa phương nước ngoài và hoạt động kết nghĩa trong nước.
return sector {
  api = 1,
  id = "foreign",
  title = "Công tác đối ngoại",
  section = "II.I.4",
  departments = { "van-phong" },

  narrative = {
    relations = "Quan hệ đối ngoại",
    laos = "Thăm, làm việc tại Lào",
    bulgaria = "Thăm, làm việc tại Bungari",
    phong_tho = "Kết nghĩa với huyện Phong Thổ",
    cities = "Kết nghĩa với các thành phố",
  },

  text = function(d, out)
    out:paragraph("[{relations}][ {laos}][ {bulgaria}][ {phong_tho}][ {cities}]")
  end,
}
