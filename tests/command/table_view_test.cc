#include "table_view.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

namespace hyojun::cli {
namespace {

std::size_t widest_line(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, base::display_width(line));
  return widest;
}

TEST(TableViewTest, AlignsByDisplayWidth) {
  TableView view({{"同定結果"}, {"件数", Align::right}, {"name"}});
  view.add_row({"標準文字", grouped(1234567), "MJ026190"});
  view.add_row({"ASCII", "1"});
  EXPECT_EQ(view.render({}),
            "同定結果       件数  name\n"
            "--------  ---------  --------\n"
            "標準文字  1,234,567  MJ026190\n"
            "ASCII             1\n");
}

TEST(TableViewTest, WrapsAndTruncatesToTheScreen) {
  TableView view({{"code"}, {"text", Align::left, Fit::wrap}, {"note", Align::left, Fit::truncate}});
  view.add_row({"MJ026190", "文字図形名は永続的な識別子である", "この欄は切り詰められる長い説明である"});
  for (const std::size_t width : {40, 50, 60}) {
    EXPECT_LE(widest_line(view.render({.width = width})), width);
    EXPECT_LE(widest_line(view.render({.width = width, .indent = 4})), width);
  }
  EXPECT_NE(view.render({.width = 40}).find("MJ026190"), std::string::npos);
  EXPECT_NE(view.render({.width = 40}).find("..."), std::string::npos);
}

TEST(TableViewTest, WhatWouldBeTooNarrowToReadStandsBelowItsRow) {
  TableView view(
      {{"code"}, {"name", Align::left, Fit::wrap}, {"count", Align::right}, {"note", Align::left, Fit::wrap}});
  view.add_row({"4", "現行システム環境の基礎調査（基礎情報・契約範囲等に係る調査）", "1,234,567", ""});
  view.add_row({"5", "短い", "1", "備考は長いが一行に入る"});
  EXPECT_EQ(view.render({.width = 40}),
            "code      count  note\n"
            "----  ---------  ----------------------\n"
            "4     1,234,567\n"
            "      name: 現行システム環境の基礎調査\n"
            "      （基礎情報・契約範囲等に係る調査）\n"
            "5             1  備考は長いが一行に入る\n"
            "      name: 短い\n");
  EXPECT_NE(view.render({.width = 36}).find("\n      name: 短い  note: 備考"), std::string::npos);
  EXPECT_NE(view.render({.width = 120}).find("name"), std::string::npos);
  EXPECT_EQ(view.render({.width = 120}).find("name:"), std::string::npos);
}

TEST(TableViewTest, WithoutHeadingsThereIsNoRule) {
  TableView view({{""}, {""}});
  view.add_row({"a", "b"});
  EXPECT_EQ(view.render({.indent = 2}), "  a  b\n");
}

TEST(TableViewTest, ColourChangesNoLayout) {
  TableView view({{"結果"}, {"件数"}});
  view.add_row({Cell("不正符号", Emphasis::bad), "1"});
  EXPECT_NE(view.render({.color = true}).find("\x1b[31m不正符号\x1b[0m  1\n"), std::string::npos);
  EXPECT_EQ(view.render({}).find('\x1b'), std::string::npos);
}

TEST(TableViewTest, ShowsControlCharacters) {
  TableView view({{"text"}});
  view.add_row({"a\x1b[2J"});
  EXPECT_EQ(view.render({}), "text\n--------\na\\x1B[2J\n");
}

TEST(TableViewTest, MoreCellsThanColumnsIsABug) {
  TableView view({{"text"}});
  EXPECT_THROW(view.add_row({"a", "b"}), std::logic_error);
}

TEST(TableViewTest, GroupsDigits) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567890), "1,234,567,890");
}

}  // namespace
}  // namespace hyojun::cli
