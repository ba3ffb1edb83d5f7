// cxx: the C++ library. Containers, streams, regular expressions, and exceptions that unwind through all of it.
#include <algorithm>
#include <iomanip>
#include <iostream>
#include <map>
#include <memory>
#include <numeric>
#include <regex>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

int failures = 0;
std::vector<std::string> trace;

template <typename T> void check(const std::string &what, const T &got, const T &known)
{
    std::cout << "  " << what << ": " << got << (got == known ? "" : "   WRONG") << '\n';
    failures += got == known ? 0 : 1;
}

// Says when it is destroyed.
struct Guard {
    explicit Guard(std::string name) : name_(std::move(name)) {}
    ~Guard() { trace.push_back(name_); }
    Guard(const Guard &) = delete;
    Guard &operator=(const Guard &) = delete;

private:
    std::string name_;
};

struct Shape {
    virtual ~Shape() = default;
    virtual double area() const = 0;
};

struct Square : Shape {
    explicit Square(double side) : side(side) {}
    double area() const override { return side * side; }
    double side;
};

struct Circle : Shape {
    explicit Circle(double radius) : radius(radius) {}
    double area() const override { return 3.0 * radius * radius; }
    double radius;
};

// Constructed before main, destroyed after it.
struct Early {
    std::string text = "constructed before main";
} early;

void descend(int depth)
{
    Guard guard("level " + std::to_string(depth));

    if (depth == 3)
        throw std::out_of_range("too deep");
    descend(depth + 1);
}

void check_exceptions()
{
    std::string caught;

    try {
        descend(1);
    } catch (const std::logic_error &error) {
        caught = error.what();
    }
    check<std::string>("caught", caught, "too deep");
    check<std::string>("unwound", std::accumulate(trace.begin(), trace.end(), std::string(),
        [](std::string all, const std::string &one) { return all.empty() ? one : all + ", " + one; }),
        "level 3, level 2, level 1");
    try {
        std::vector<int>().at(5);
    } catch (const std::exception &) {
        caught = "from the library";
    }
    check<std::string>("caught", caught, "from the library");
    try {
        try {
            throw 42;
        } catch (...) {
            throw;
        }
    } catch (int number) {
        check("thrown again", number, 42);
    }
}

void check_containers()
{
    std::istringstream text("a rose is a rose is a rose");
    std::map<std::string, int> counts;
    std::ostringstream out;

    for (std::string word; text >> word;)
        counts[word]++;
    for (const auto &[word, times] : counts)
        out << word << '=' << times << ' ';
    check<std::string>("words", out.str(), "a=3 is=2 rose=3 ");
    std::set<int> sieve;
    for (int i = 2; i < 40; i++)
        if (std::none_of(sieve.begin(), sieve.end(), [i](int p) { return i % p == 0; }))
            sieve.insert(i);
    check("primes below 40", sieve.size(), std::size_t{12});
}

void check_types()
{
    std::vector<std::unique_ptr<Shape>> shapes;
    double total = 0;
    int squares = 0;

    shapes.push_back(std::make_unique<Square>(3));
    shapes.push_back(std::make_unique<Circle>(2));
    shapes.push_back(std::make_unique<Square>(1));
    for (const auto &shape : shapes) {
        total += shape->area();
        squares += dynamic_cast<const Square *>(shape.get()) != nullptr ? 1 : 0;
    }
    check("area", total, 22.0);
    check("squares", squares, 2);
}

void check_text()
{
    std::regex pair("(\\w+)=(\\d+)");
    std::ostringstream out;

    check<std::string>("replaced", std::regex_replace("x=1, y=22", pair, "$2:$1"), "1:x, 22:y");
    out << std::hex << std::setw(6) << std::setfill('0') << 48879 << ' ' << std::fixed << std::setprecision(3) << 2.0 / 3;
    check<std::string>("formatted", out.str(), "00beef 0.667");
    check("parsed", std::stod("6.25e2"), 625.0);
}

} // namespace

int main()
{
    std::cout << "cxx: the C++ library\n";
    check<std::string>("early", early.text, "constructed before main");
    check_exceptions();
    check_containers();
    check_types();
    check_text();
    std::cout << "cxx: " << (failures == 0 ? "ok" : "FAILED") << std::endl;
    return failures == 0 ? 0 : 1;
}
