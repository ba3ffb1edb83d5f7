using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LayoutDsl.Generator.Tests.Support;

/// <summary>An additional file of a project that exists in memory only.</summary>
internal sealed class TestFile(string path, string content, string? layoutRoot = null) : AdditionalText
{
    private readonly SourceText text = SourceText.From(content);

    public override string Path => path;

    /// <summary>The <c>LayoutRoot</c> metadata.</summary>
    public string? LayoutRoot => layoutRoot;

    public bool HasContentOf(TestFile other) => LayoutRoot == other.LayoutRoot && text.ContentEquals(other.text);

    public override SourceText GetText(CancellationToken cancellationToken = default) => text;
}
