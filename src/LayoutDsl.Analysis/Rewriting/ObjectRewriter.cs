using System;
using System.Collections.Generic;
using System.Linq;
using LayoutDsl.ObjectFiles;

namespace LayoutDsl.Analysis.Rewriting;

/// <summary>
/// Rewrites an object for a block: every reference that leaves the block goes through the block's table, and every other one is relative. It works from relocations; instructions are looked at
/// where a relocation is in them, and nowhere else.
/// </summary>
internal sealed class ObjectRewriter
{
    private readonly ElfFile file;
    private readonly IReadOnlyList<ElfSymbol> symbols;
    private readonly string name;
    private readonly RewriteContext context;
    private readonly List<RewriteRefusal> refusals;
    private readonly ElfObjectBuilder builder;
    private readonly CodeRewriter code;
    private readonly Dictionary<string, int> added = new(StringComparer.Ordinal);
    private bool hasChanged;

    private ObjectRewriter(ElfFile file, IReadOnlyList<ElfSymbol> symbols, string name, RewriteContext context, List<RewriteRefusal> refusals)
    {
        this.file = file;
        this.symbols = symbols;
        this.name = name;
        this.context = context;
        this.refusals = refusals;
        builder = ElfObjectBuilder.From(file);
        code = context.Machine.Create(file, symbols, context, AddSymbol);
    }

    /// <summary>The object as it is in the block; its own bytes when nothing has to change.</summary>
    /// <param name="file">The object.</param>
    /// <param name="symbols">Its symbols.</param>
    /// <param name="name">Its name for messages.</param>
    /// <param name="context">What is known of its library.</param>
    /// <param name="refusals">Takes the references that cannot be rewritten safely.</param>
    /// <exception cref="ObjectFileException">Its relocations cannot be read, or it is of a kind that is not written.</exception>
    public static byte[] Rewrite(ElfFile file, IReadOnlyList<ElfSymbol> symbols, string name, RewriteContext context, List<RewriteRefusal> refusals)
    {
        var rewriter = new ObjectRewriter(file, symbols, name, context, refusals);
        foreach (ElfSection table in file.Sections.Where(s => s.Type == ElfSectionType.Rela))
        {
            if (!file.TryReadRelocations(table, out IReadOnlyList<ElfRelocation>? relocations, out ObjectFileError? error)) throw new ObjectFileException(error);
            ElfSection section = file.Sections[(int)table.Info];

            // Tables of the image are its own anyway.
            bool isInBlock = section.IsAllocated && section.HasFileContent && !context.Boundaries.IsDiscarded(section.Name) && !context.Boundaries.IsInTable(section.Name);
            if (isInBlock) rewriter.Rewrite(table, section, relocations);
        }

        return rewriter.hasChanged ? rewriter.builder.Write() : file.Data.ToArray();
    }

    private void Rewrite(ElfSection table, ElfSection section, IReadOnlyList<ElfRelocation> relocations)
    {
        var work = new SectionRewriter(section, relocations);
        for (int i = 0; i < relocations.Count; i++)
        {
            ElfRelocation relocation = relocations[i];
            work.Keep(relocation);

            // The linker rewrites both together, and insists on the call (ELF Handling For Thread-Local Storage).
            if (context.Machine.HasCall(relocation.Type) && i + 1 < relocations.Count) work.Keep(relocations[++i]);
            else if (!context.Machine.IsStable(relocation.Type) && Rewrite(work, relocation) is { } problem) Refuse(section, relocation, problem);
        }

        if (!work.HasChanged) return;
        hasChanged = true;
        builder.SetContent(section.Index, work.ToArray());
        builder.SetRelocations(table.Index, work.Relocations);
    }

    /// <summary>Rewrites a reference; null when it is well, else what is wrong and what helps.</summary>
    private RewriteProblem? Rewrite(SectionRewriter work, in ElfRelocation relocation)
    {
        ElfSymbol symbol = symbols[relocation.SymbolIndex];
        if (symbol.IsAbsolute || relocation.SymbolIndex == 0) return null;
        bool isWritable = (work.Section.Flags & ElfSectionFlags.Write) != 0;
        bool isAddress = relocation.Type == context.Machine.Absolute64;
        if (isAddress && isWritable) return null;
        if (isAddress || context.Machine.IsShortAddress(relocation.Type))
        {
            return context.IsFixed ? null : new RewriteProblem($"is an absolute address in {(work.IsCode ? "code" : "read-only data")}, which is another one in each image", "compile it with -fPIE or -fPIC");
        }

        return code.Rewrite(work, relocation, symbol, Leaves(symbol));
    }

    private bool Leaves(in ElfSymbol symbol)
    {
        bool isOwn = symbol.IsDefinedInSection && symbol.Binding != ElfSymbolBinding.Weak && symbol.Binding != ElfSymbolBinding.GnuUnique;
        return isOwn ? context.Boundaries.IsInTable(file.Sections[symbol.SectionIndex].Name) : context.Leaves(symbol.Name);
    }

    private int AddSymbol(string symbol)
    {
        if (!added.TryGetValue(symbol, out int index)) added.Add(symbol, index = builder.AddSymbol(symbol, ElfSymbolBinding.Global, ElfSymbolType.None, ElfSymbolVisibility.Hidden, 0, 0, 0));
        return index;
    }

    private void Refuse(ElfSection section, in ElfRelocation relocation, RewriteProblem problem)
    {
        ElfSymbol symbol = symbols[relocation.SymbolIndex];
        string target = symbol.Type == ElfSymbolType.Section && symbol.IsDefinedInSection ? file.Sections[symbol.SectionIndex].Name : symbol.Name;
        refusals.Add(new RewriteRefusal(name, section.Name, relocation.Offset, target, problem.Reason, problem.Hint));
    }
}
