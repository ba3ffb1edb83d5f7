using System;
using System.IO;
using System.Threading;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>
/// Leaves out of linked images what they do not reach. What that is, the model of the image says; so an image is trimmed only when the linker made of it, byte for byte, what the model has. May be used from several threads.
/// </summary>
internal sealed class ImageTrimmer
{
    /// <summary>Changes when images are trimmed in another way, so that they are linked again.</summary>
    public const string Version = "trimmed 1";

    private readonly LayoutPlan plan;
    private readonly Lazy<ImageModelSource> models;

    /// <param name="plan">The plan of the images.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    public ImageTrimmer(LayoutPlan plan, string directory)
    {
        this.plan = plan;
        models = new Lazy<ImageModelSource>(() => new ImageModelSource(plan, directory), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Trims an image.</summary>
    /// <param name="image">The image in the plan.</param>
    /// <param name="path">The file, which is written over.</param>
    /// <returns>Why the image was left as it is; null when it was not.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public string? Trim(ImagePlan image, string path)
    {
        byte[] linked = File.ReadAllBytes(path);
        if (!ElfFile.TryRead(linked, path, out ElfFile? file, out ObjectFileError? error)) return error.Message;
        try
        {
            ImageModel model = models.Value.Make(image);
            if (PredictionComparison.FindDifference(plan, model, MemoryImage.Load(file, plan.Page)) is { } difference) return difference;
            File.WriteAllBytes(path, ElfImageTrimmer.Trim(file, model.Unreached.Pages, model.Unreached.Unnamed));
            return null;
        }
        catch (PredictionException exception)
        {
            return exception.Message;
        }
        catch (ObjectFileException exception)
        {
            return exception.Error.Message;
        }
    }
}
