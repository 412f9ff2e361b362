using Selvedge.BuildOutput.Bundles;
using Selvedge.BuildOutput.Configuration;
using Selvedge.BuildOutput.Files;
using Selvedge.BuildOutput.Prerenders;
using Selvedge.BuildOutput.Staging;
using Selvedge.BuildOutput.StaticFiles;
using Selvedge.Routing;

namespace Selvedge.BuildOutput;

/// <summary>Reads the files of an output that is sound, stages its functions and makes the deployment.</summary>
internal sealed class DeploymentAssembly(OutputReading reading, OutputMerge outputs, string stagingDirectory)
{
    private readonly FileDigests _digests = new();

    /// <summary>Makes the deployment.</summary>
    /// <returns>The deployment, or <see langword="null"/> after a fault.</returns>
    public Deployment? Assemble(OutputConfig config, RouteTable routes, CancellationToken cancellationToken)
    {
        _digests.Add(FilesToRead(), reading.Faults, cancellationToken);
        if (reading.Faults.Any)
            return null;
        var bundles = MakeBundles(cancellationToken);
        if (reading.Faults.Any)
            return null;

        var files = outputs.Files.Select(ToAsset).ToList();
        var functions = new List<FunctionAsset>();
        var prerenders = new List<PrerenderAsset>();
        foreach (var output in outputs.Functions)
        {
            var bundle = bundles[output.Bundle];
            if (output.Prerender is { } prerender)
                prerenders.Add(new(output.OutputPath) { Bundle = bundle, Config = ToConfig(prerender) });
            else
                functions.Add(new(output.OutputPath) { Bundle = bundle });
        }

        return new()
        {
            Id = config.DeploymentId ?? Revision.Of(ConfigPath, outputs, _digests),
            DeploymentId = config.DeploymentId,
            Directory = reading.Root,
            ProjectRoot = reading.ProjectRoot,
            Routes = routes,
            Outputs = new([.. files, .. functions, .. prerenders, .. ImagePaths(config)]),
            StaticAssets = files,
            Functions = functions,
            Prerenders = prerenders,
            Bundles = [.. bundles.Values.OrderBy(static bundle => bundle.Name, StringComparer.Ordinal)],
            Framework = config.Framework,
            Images = config.Images,
            Crons = config.Crons,
            UnknownKeys = reading.Notes.UnknownKeys,
            Warnings = reading.Notes.Warnings,
        };
    }

    // What the build itself puts there comes first.
    private IEnumerable<ImageAsset> ImagePaths(OutputConfig config)
    {
        if (config.Images is null)
            return [];
        var taken = outputs
            .Files.Select(static file => file.OutputPath)
            .Concat(outputs.Functions.Select(static function => function.OutputPath))
            .ToHashSet(StringComparer.Ordinal);
        return ImageAsset.Paths.Where(path => !taken.Contains(path)).Select(static path => new ImageAsset(path));
    }

    private string ConfigPath => Path.Join(reading.Root, OutputConfigReader.FileName);

    private IEnumerable<(string RealPath, string Name)> FilesToRead()
    {
        yield return (ConfigPath, OutputConfigReader.FileName);
        foreach (var file in outputs.Files)
            yield return (file.RealPath, file.Name);
        foreach (var bundle in outputs.Bundles)
        {
            foreach (var (path, source) in bundle.Content.Files)
                yield return (source, $"{bundle.Label}/{path}");
        }

        foreach (var prerender in outputs.Prerenders.Select(static output => output.Prerender!))
        {
            yield return (prerender.RealPath, prerender.File);
            if (prerender.Fallback is { } fallback)
                yield return (fallback.RealPath, prerender.File);
        }
    }

    private Dictionary<BundleSource, FunctionBundle> MakeBundles(CancellationToken cancellationToken)
    {
        var staging = new BundleStaging(Path.GetFullPath(stagingDirectory), _digests);
        var bundles = new Dictionary<BundleSource, FunctionBundle>();
        foreach (var source in outputs.Bundles)
        {
            try
            {
                var directory = source.NeedsStaging ? staging.Stage(source, cancellationToken) : source.Directory;
                bundles.Add(
                    source,
                    new()
                    {
                        Name = source.Name,
                        Directory = directory,
                        Config = source.Config,
                    }
                );
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                reading.Faults.Add(source.Label, "", $"Cannot be put together in {stagingDirectory}: {e.Message}");
            }
        }

        return bundles;
    }

    private StaticAsset ToAsset(StaticFile file)
    {
        var digest = _digests[file.RealPath];
        return new(file.OutputPath)
        {
            FilePath = file.RealPath,
            Length = digest.Length,
            ETag = digest.ETag,
            ContentType = file.ContentType,
            LastModified = digest.LastModified,
        };
    }

    private PrerenderConfig ToConfig(PrerenderSource prerender)
    {
        if (prerender.Fallback is not { } fallback)
            return prerender.Config;
        var digest = _digests[fallback.RealPath];
        return prerender.Config with
        {
            Fallback = new()
            {
                FilePath = fallback.RealPath,
                Length = digest.Length,
                ETag = digest.ETag,
                ContentType = fallback.ContentType,
                LastModified = digest.LastModified,
            },
        };
    }
}
