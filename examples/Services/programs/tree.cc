// tree: C++ over expat. A document becomes a tree of objects; exceptions cross the C code of the parser.
#include <deque>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include <expat.h>

namespace {

int failures = 0;

template <typename T> void check(const std::string &what, const T &got, const T &known)
{
    std::cout << "  " << what << ": " << got << (got == known ? "" : "   WRONG") << '\n';
    failures += got == known ? 0 : 1;
}

struct Node;
using Child = std::variant<std::string, std::unique_ptr<Node>>;

struct Node {
    std::string name;
    std::unordered_map<std::string, std::string> attributes;
    std::vector<Child> children;
};

struct Refused : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// Counts the nodes that are built in each thread.
struct Tally {
    int nodes = 0;
    ~Tally() { nodes = -1; }
};
thread_local Tally tally;

class Builder {
public:
    Builder() : parser_(XML_ParserCreate(nullptr), XML_ParserFree)
    {
        XML_SetUserData(parser_.get(), this);
        XML_SetElementHandler(parser_.get(), start, end);
        XML_SetCharacterDataHandler(parser_.get(), text);
    }

    std::unique_ptr<Node> build(const std::string &document)
    {
        if (XML_Parse(parser_.get(), document.data(), static_cast<int>(document.size()), 1) != XML_STATUS_OK)
            throw Refused(XML_ErrorString(XML_GetErrorCode(parser_.get())));
        return std::move(root_);
    }

private:
    // Throws through the frames of the parser, which is C.
    static void start(void *data, const char *name, const char **attributes)
    {
        auto &self = *static_cast<Builder *>(data);
        auto node = std::make_unique<Node>();

        node->name = name;
        for (; *attributes != nullptr; attributes += 2)
            node->attributes[attributes[0]] = attributes[1];
        if (node->name == "forbidden")
            throw Refused("element " + node->name + " at depth " + std::to_string(self.open_.size()));
        tally.nodes++;
        Node *raw = node.get();
        if (self.open_.empty())
            self.root_ = std::move(node);
        else
            self.open_.back()->children.emplace_back(std::move(node));
        self.open_.push_back(raw);
    }

    static void end(void *data, const char *) { static_cast<Builder *>(data)->open_.pop_back(); }

    static void text(void *data, const char *text, int count)
    {
        static_cast<Builder *>(data)->open_.back()->children.emplace_back(std::string(text, static_cast<std::size_t>(count)));
    }

    std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
    std::unique_ptr<Node> root_;
    std::deque<Node *> open_;
};

std::string write(const Node &node)
{
    std::string out = "(" + node.name;

    for (const Child &child : node.children) {
        out += ' ';
        out += std::visit([](const auto &c) -> std::string {
            if constexpr (std::is_same_v<std::decay_t<decltype(c)>, std::string>)
                return c;
            else
                return write(*c);
        }, child);
    }
    return out + ")";
}

std::string refusal(const std::string &document)
{
    try {
        Builder().build(document);
    } catch (const Refused &error) {
        return error.what();
    }
    return "accepted";
}

void check_threads()
{
    std::vector<std::future<int>> results;
    int total = 0;

    for (int i = 1; i <= 4; i++) {
        results.push_back(std::async(std::launch::async, [i] {
            for (int k = 0; k < i; k++)
                Builder().build("<a><b/><b/></a>");
            if (i == 4)
                throw Refused("from a thread");
            return tally.nodes;
        }));
    }
    for (std::size_t i = 0; i < 3; i++)
        total += results[i].get();
    check("nodes in three threads", total, 18);
    try {
        results[3].get();
    } catch (const Refused &error) {
        check<std::string>("caught", error.what(), "from a thread");
    }
}

} // namespace

int main()
{
    std::cout << "tree: a document as objects\n";
    auto root = Builder().build("<list size='2'><item>one</item><item>two<sub/></item></list>");
    check<std::string>("written", write(*root), "(list (item one) (item two (sub)))");
    check<std::string>("attribute", root->attributes.at("size"), "2");
    check<std::string>("through the parser", refusal("<a><b><forbidden/></b></a>"), "element forbidden at depth 2");
    check<std::string>("by the parser", refusal("<a><b></a>"), "mismatched tag");
    check("nodes in this thread", tally.nodes, 8);
    check_threads();
    std::cout << "tree: " << (failures == 0 ? "ok" : "FAILED") << std::endl;
    return failures == 0 ? 0 : 1;
}
