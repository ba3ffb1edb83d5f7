using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using LayoutDsl.Tests.Support;

namespace LayoutDsl.Cli.Tests;

public sealed class ReportTests
{
    private const string Browser = "/usr/bin/chromium";

    private const string Measurement = """
        { "fleets": [
          { "name": "aligned", "points": [
            { "running": 5, "mappedPages": 60, "programPages": 20, "predictedLeastPages": 18, "wholeBytes": 900000, "pageTableBytes": 1000 },
            { "running": 50, "mappedPages": 600, "programPages": 30, "predictedLeastPages": 18, "wholeBytes": 9000000, "pageTableBytes": 10000 } ] },
          { "name": "a \"<b>\" link", "points": [
            { "running": 5, "mappedPages": 60, "programPages": null, "predictedLeastPages": 50, "wholeBytes": 950000, "pageTableBytes": 1000 } ] } ] }
        """;

    [Fact]
    public async Task Report_OfAFleet_IsOneFileWithAllParts()
    {
        using var fleet = new SmallFleet();
        string html = await Write(fleet);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("url\\(|@import", html);
        Assert.Contains("a &quot;&lt;b&gt;&quot; link", html, StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);

        // Pictures are well-formed, and the map has a rectangle with a text for each run of pages of each image.
        XElement[] pictures = Regex.Matches(html, "<svg.*?</svg>", RegexOptions.Singleline).Select(m => XElement.Parse(m.Value)).ToArray();
        Assert.Equal(3, pictures.Length);
        string[] titles = pictures[2].Descendants().Where(e => e.Name.LocalName == "rect").Select(r => r.Value).ToArray();
        foreach (string image in new[] { "one", "two", "fn1", "fn2", "fn3" }) Assert.Contains(titles, t => t.StartsWith(image + ": sys.text 0x800000..", StringComparison.Ordinal) && t.EndsWith("in 5 of 5 images", StringComparison.Ordinal));
        Assert.Contains(titles, t => t.StartsWith("fn1: count.text ", StringComparison.Ordinal) && t.EndsWith("in 4 of 5 images", StringComparison.Ordinal));

        string csv = File.ReadAllText(fleet.Folder["figures.csv"]);
        Assert.Equal("link,running,mapped_bytes,program_bytes,predicted_bytes,whole_bytes\n\"aligned\",5,245760,81920,73728,901000\n\"aligned\",50,2457600,122880,73728,9010000\n\"a \"\"<b>\"\" link\",5,245760,,204800,951000\n", csv);
        Assert.Equal(["programs.png", "programs.svg", "whole.png", "whole.svg"], Directory.GetFiles(fleet.Folder["plots"]).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Report_WithALock_ShowsItsChanges()
    {
        using var fleet = new SmallFleet();
        Assert.DoesNotContain("Changes since the lock", await Write(fleet), StringComparison.Ordinal);
        Assert.Equal(0, await LayoutTool.RunAsync(["lock", fleet.LayoutPath], TextWriter.Null, TextWriter.Null));
        Assert.Contains("Nothing: every slot is where the lock has it.", await Write(fleet), StringComparison.Ordinal);
        fleet.Compile("more", "int more(int n) { return n * 5; }");
        File.AppendAllText(fleet.LayoutPath, "library more { objects \"build/more.o\"; }\nimage three { uses sys, more; objects \"build/two.o\"; }\n");
        fleet.Link();

        // That the lock is behind is said, too; what counts here is the report.
        await LayoutTool.RunAsync(["report", fleet.LayoutPath, "--images", fleet.Output, "-o", fleet.Folder["changed.html"]], TextWriter.Null, TextWriter.Null);
        Assert.Contains("<tr><td>more.text</td><td>new</td>", File.ReadAllText(fleet.Folder["changed.html"]), StringComparison.Ordinal);
    }

    /// <summary>What a browser draws, in light and dark: the colours of the lines and of the map, in what a picture of the page has. Needs Chromium, which tests/run.sh installs.</summary>
    [Theory]
    [InlineData(false, "ffffff", "1f6feb", "0b4f6c")]
    [InlineData(true, "0f1419", "58a6ff", "9be0ee")]
    public async Task Report_InABrowser_DrawsLinesAndMap(bool dark, string back, string line, string all)
    {
        using var fleet = new SmallFleet();
        await Write(fleet);
        Assert.True(File.Exists(Browser), $"{Browser} is missing: apt-get install chromium");
        string picture = fleet.Folder["report.png"];
        string[] options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1150,1600", $"--user-data-dir={fleet.Folder["profile"]}", $"--screenshot={picture}"];
        if (dark) options = [.. options, "--blink-settings=preferredColorScheme=0"];
        Tool.TryRun(fleet.Folder.Path, Browser, [.. options, "file://" + fleet.Folder["report.html"]]);
        PngPixels pixels = PngPixels.Read(File.ReadAllBytes(picture));
        Assert.Equal((1150, 1600), (pixels.Width, pixels.Height));
        Assert.True(pixels.Count(back) > pixels.Width * pixels.Height / 2, "the page has another background");
        Assert.True(pixels.Count(line) > 300, "the line of the first link is not drawn");
        Assert.True(pixels.Count(all) > 2000, "pages that all images have are not drawn");
    }

    /// <summary>No text is cut off: a browser says where each is drawn, and that is inside of its picture.</summary>
    [Fact]
    public async Task Report_InABrowser_HasAllTextsInside()
    {
        using var fleet = new SmallFleet(SmallFleet.Layout.Replace("library count", "library a_library_with_quite_a_long_name", StringComparison.Ordinal).Replace("sys, count", "sys, a_library_with_quite_a_long_name", StringComparison.Ordinal));
        const string Check = """
            <script>
            const outside = [...document.querySelectorAll('svg text')].filter(text => {
              const is = text.getBoundingClientRect(), may = text.closest('svg').getBoundingClientRect();
              return is.left < may.left - 1 || is.top < may.top - 1 || is.right > may.right + 1 || is.bottom > may.bottom + 1;
            });
            document.body.dataset.checked = document.querySelectorAll('svg text').length;
            document.body.dataset.outside = outside.map(text => text.textContent).join('; ');
            </script>
            """;
        string html = await Write(fleet);
        string path = fleet.Folder.Write("checked.html", html.Replace("</body>", Check + "</body>", StringComparison.Ordinal));
        (_, string said) = Tool.TryRun(fleet.Folder.Path, Browser, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1150,1600", $"--user-data-dir={fleet.Folder["profile"]}", "--dump-dom", "file://" + path);
        Match body = Regex.Match(said, "data-checked=\"([0-9]+)\" data-outside=\"([^\"]*)\"");
        Assert.True(body.Success, said);
        Assert.True(int.Parse(body.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) > 30, "there are texts");
        Assert.Equal("", body.Groups[2].Value);
    }

    /// <summary>A PNG plot has the colours of its lines, and axes. Texts need a font, which a machine may lack.</summary>
    [Fact]
    public async Task Report_PlotsAsPng_HaveTheLines()
    {
        using var fleet = new SmallFleet();
        await Write(fleet);
        PngPixels pixels = PngPixels.Read(File.ReadAllBytes(fleet.Folder["plots/programs.png"]));
        Assert.Equal((1200, 500), (pixels.Width, pixels.Height));
        Assert.True(pixels.Count("1f6feb") > 300, "the line of the first link is not drawn");
        Assert.True(pixels.Count("000000") > 200, "there are no axes");
    }

    private static async Task<string> Write(SmallFleet fleet)
    {
        fleet.Link();
        string measured = fleet.Folder.Write("density.json", Measurement);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        string report = fleet.Folder["report.html"];
        string[] args = ["report", fleet.LayoutPath, "--images", fleet.Output, "--density", measured, "-o", report, "--csv", fleet.Folder["figures.csv"], "--plots", fleet.Folder["plots"]];
        Assert.Equal((0, "", $"wrote {report}\n"), (await LayoutTool.RunAsync(args, output, error), error.ToString(), output.ToString()));
        return File.ReadAllText(report);
    }
}
