using System;
using System.IO;
using System.Threading;
using LayoutDsl.Analysis.Predicting;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Model;
using LayoutDsl.ObjectFiles;
using LayoutDsl.Planning;

namespace LayoutDsl.Analysis.Trimming;

/// <summary>
/// Leaves out of linked images what they need not have: what they do not reach (<c>unreached dropped</c>), and, with the script of a build, the room between the sections (<c>file packed</c>). What is not reached the model of the
/// image says; so that is only left out when the linker made, byte for byte, what the model has. May be used from several threads.
/// </summary>
internal abstract class ImageTrimmer
{
    /// <summary>Changes when images are trimmed in another way, so that they are linked again.</summary>
    public string Version => "trimmed 1 " + GetType().Name;

    /// <summary>What is left out, for messages.</summary>
    public abstract string Subject { get; }

    /// <summary>How not to have it left out.</summary>
    public abstract string WayOut { get; }

    /// <summary>The trimmer of a layout's images; null when nothing is left out of them.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="plan">Its plan; null when its images are linked in another way.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    public static ImageTrimmer? For(BoundLayout layout, LayoutPlan? plan, string directory)
    {
        if (plan is { DropsUnreached: true }) return new OfUnreached(plan, directory);
        return layout is { Overlay: not null, Target.IsPacked: true } ? new OfRoom(layout.Target.Page) : null;
    }

    /// <summary>Trims an image.</summary>
    /// <param name="image">The name of the image.</param>
    /// <param name="path">The file, which is written over.</param>
    /// <returns>Why the image was left as it is; null when it was not.</returns>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public string? Trim(string image, string path)
    {
        if (!ElfFile.TryRead(File.ReadAllBytes(path), path, out ElfFile? file, out ObjectFileError? error)) return error.Message;
        try
        {
            (byte[]? trimmed, string? obstacle) = Trim(image, file);
            if (trimmed is not null) File.WriteAllBytes(path, trimmed);
            return obstacle;
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

    /// <summary>The image without what is left out, or why it stays as it is; neither when there is nothing to leave out.</summary>
    protected abstract (byte[]? Trimmed, string? Obstacle) Trim(string image, ElfFile file);

    private sealed class OfUnreached(LayoutPlan plan, string directory) : ImageTrimmer
    {
        private readonly Lazy<ImageModelSource> models = new(() => new ImageModelSource(plan, directory), LazyThreadSafetyMode.ExecutionAndPublication);

        public override string Subject => "what it does not reach";

        public override string WayOut => "write 'unreached kept' in the target to link without trying";

        protected override (byte[]? Trimmed, string? Obstacle) Trim(string image, ElfFile file)
        {
            ImageModel model = models.Value.Make(plan.GetImage(image));
            string? difference = PredictionComparison.FindDifference(plan, model, MemoryImage.Load(file, plan.Page));
            return difference is null ? (ElfImageTrimmer.Trim(file, model.Unreached.Pages, model.Unreached.Unnamed), null) : (null, difference);
        }
    }

    private sealed class OfRoom(ulong page) : ImageTrimmer
    {
        public override string Subject => "the room between its sections";

        public override string WayOut => "write 'file mapped' in the target to link without trying";

        protected override (byte[]? Trimmed, string? Obstacle) Trim(string image, ElfFile file) =>
            FreePages.Find(file, page) is { Count: > 0 } free ? (ElfImageTrimmer.Trim(file, free), null) : (null, null);
    }
}
