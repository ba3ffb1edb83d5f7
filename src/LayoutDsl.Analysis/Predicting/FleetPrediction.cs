using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using LayoutDsl.Analysis.Diagnostics;
using LayoutDsl.Analysis.Sharing;
using LayoutDsl.Diagnostics;
using LayoutDsl.Planning;
using LayoutDsl.Text;

namespace LayoutDsl.Analysis.Predicting;

/// <summary>The memory of every image of a fleet before anything is linked.</summary>
public sealed class FleetPrediction
{
    private readonly Dictionary<string, ImageModel> models;

    private FleetPrediction(LayoutPlan plan, Dictionary<string, ImageModel> models)
    {
        Plan = plan;
        this.models = models;
    }

    /// <summary>The plan.</summary>
    public LayoutPlan Plan { get; }

    /// <summary>The images' memory, in the order of the plan.</summary>
    public IReadOnlyList<MemoryImage> Images => Plan.Images.Select(i => models[i.Name].Memory).ToArray();

    /// <summary>The models of the images by name.</summary>
    internal IReadOnlyDictionary<string, ImageModel> Models => models;

    /// <summary>Predicts a fleet for x86-64; of others, and of what the model of the linker does not know, a diagnostic says why there is no prediction.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="directory">Folder that its paths are relative to.</param>
    /// <param name="location">Where to report what cannot be predicted.</param>
    /// <param name="progress">Told after each image how many are done, and of how many; may be null.</param>
    /// <param name="cancellation">Stops between images.</param>
    public static Result<FleetPrediction> Predict(LayoutPlan plan, string directory, SourceLocation location, Action<int, int>? progress, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        if (ImageModelSource.FindObstacle(plan) is { } obstacle)
        {
            bag.ReportNotPredicted(location, "the fleet", obstacle);
            return new Result<FleetPrediction>(null, bag.ToSortedArray());
        }

        var source = new ImageModelSource(plan, directory);
        var models = new Dictionary<string, ImageModel>(StringComparer.Ordinal);
        int done = 0;
        Parallel.ForEach(plan.Images, new ParallelOptions { CancellationToken = cancellation }, image =>
        {
            try
            {
                ImageModel model = source.Make(image);
                lock (models) models.Add(image.Name, model);
            }
            catch (PredictionException exception)
            {
                lock (bag) bag.ReportNotPredicted(location, $"'{image.Name}'", exception.Message);
            }

            progress?.Invoke(Interlocked.Increment(ref done), plan.Images.Count);
        });
        source.Report(location, bag);
        return new Result<FleetPrediction>(bag.HasErrors ? null : new FleetPrediction(plan, models), bag.ToSortedArray());
    }
}
