namespace LayoutDsl.Model;

/// <summary>What is special about the content of a section.</summary>
public enum SectionRole
{
    /// <summary>Nothing: it holds input sections.</summary>
    Ordinary,

    /// <summary>Initial values of thread-local variables: a table in which every library has its own fixed place, since offsets in it are in the code.</summary>
    ThreadData,

    /// <summary>Records for unwinding (<c>.eh_frame</c>): each library's slot ends with a terminator, and a table tells the run-time library where they are.</summary>
    Unwind,

    /// <summary>Made by the compiler: the table of the slots with the role <see cref="Unwind"/>.</summary>
    UnwindTable,

    /// <summary>Made by the compiler: one jump for each indirect function (<c>STT_GNU_IFUNC</c>) of a library.</summary>
    FunctionStubs,

    /// <summary>Made by the compiler: the words that those jumps go through.</summary>
    FunctionWords,

    /// <summary>Made by the compiler: the relocations that fill those words when the program starts.</summary>
    FunctionTable,

    /// <summary>Made by the compiler: jumps to the functions of <c>indirect</c> statements.</summary>
    IndirectStubs,
}
