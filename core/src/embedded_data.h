// Tables of data/ and the SQL of the store, as bytes inside the library: no file is needed at run time.
#ifndef HYOJUN_CORE_SRC_EMBEDDED_DATA_H_
#define HYOJUN_CORE_SRC_EMBEDDED_DATA_H_

#include <string_view>
#include <vector>

namespace hyojun::core::embedded {

std::string_view prefectures();
std::string_view municipalities();
std::string_view wards();
std::string_view businesses();
std::string_view steps();
std::string_view late_reasons();
std::string_view deadlines();
// The migrations in order: [0] leads from version 0 to 1.
std::vector<std::string_view> migrations();
// What each table and column means, for the table `about` of the store: a table for each migration.
std::vector<std::string_view> about();

// The rows of a table below its header line. The tables are built in and checked by data/scripts/test_data.py, so they
// are taken at their word.
std::vector<std::vector<std::string_view>> rows(std::string_view tsv);

}  // namespace hyojun::core::embedded

#endif  // HYOJUN_CORE_SRC_EMBEDDED_DATA_H_
