using System.Collections.Generic;
using System.Linq;
using LayoutDsl.Model;
using LayoutDsl.Text;

namespace LayoutDsl.Planning;

/// <summary>A library.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Documentation">Its doc comment.</param>
/// <param name="ImageCount">In how many images it is, members of families counted one by one.</param>
/// <param name="Files">Its files, in link order.</param>
/// <param name="Slots">Its slots, one for each section that is no table.</param>
/// <param name="IndirectFunctions">Its functions that are chosen at start, in the order of their stubs and words; names for one function stand together.</param>
/// <param name="IsPerImage">Each image has a build of its own of it: <c>{image}</c> in its paths stands for the name of the image.</param>
public sealed record LibraryPlan(
    string Name,
    string Documentation,
    int ImageCount,
    EquatableArray<InputFilePlan> Files,
    EquatableArray<SlotPlan> Slots,
    EquatableArray<IndirectFunctionPlan> IndirectFunctions,
    bool IsPerImage = false)
{
    /// <summary>Its slots in one of its images, with that image's paths and addresses.</summary>
    public IEnumerable<SlotPlan> GetSlots(ImagePlan image) => GetSlotsWithPaths(image).Select(image.Move);

    private IEnumerable<SlotPlan> GetSlotsWithPaths(ImagePlan image) => IsPerImage
        ? Slots.Where(s => s.IsIn(image.Name)).Select(s => s with { Inputs = s.Inputs.Select(i => i with { Path = Expand(i.Path, image) }).ToEquatableArray() })
        : Slots;

    /// <summary>Its files in one of its images.</summary>
    public IEnumerable<InputFilePlan> GetFiles(ImagePlan image) => IsPerImage
        ? Files.Where(f => f.Images.Count == 0 || f.Images.Contains(image.Name)).Select(f => new InputFilePlan(Expand(f.Path, image), f.IsArchive))
        : Files;

    private static string Expand(string path, ImagePlan image) => path.Replace(BoundInput.ImagePlaceholder, image.Name);
}
