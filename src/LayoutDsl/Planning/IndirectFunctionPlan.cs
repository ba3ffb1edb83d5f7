using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A function of a library that is chosen when the program starts (<c>STT_GNU_IFUNC</c>), with all its names.</summary>
public sealed record IndirectFunctionPlan(EquatableArray<string> Names);
