namespace Selvedge.BuildOutput.Bundles;

/// <summary>Checks that what a function's configuration names is there.</summary>
internal static class BundleCheck
{
    public static void Run(BundleSource bundle, string configFile, OutputReading reading)
    {
        var config = bundle.Config;
        if (config.Kind == FunctionKind.Other)
        {
            reading.Notes.Warn(
                $"{bundle.Label}: the runtime \"{config.Runtime}\" is not supported; calls of this function fail."
            );
            return;
        }

        // An empty handler has been a fault before.
        if (config.Handler.Length > 0)
            CheckFile(config.Handler, FunctionConfigReader.HandlerKey(config.Kind));
        for (var i = 0; i < config.Assets.Count; i++)
            CheckFile(config.Assets[i].Path, $"assets[{i}].path");

        void CheckFile(string path, string key)
        {
            if (!bundle.Content.HasFile(path))
                reading.Faults.Add(
                    configFile,
                    key,
                    $"Names {path}, which is not a file of the function; run `vercel build` again."
                );
        }
    }
}
