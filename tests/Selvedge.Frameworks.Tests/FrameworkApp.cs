using Selvedge.Testing;

namespace Selvedge.Frameworks.Tests;

/// <summary>An app of <c>tests/Frameworks</c>, built by its own tool chain.</summary>
internal static class FrameworkApp
{
    /// <summary>Builds the app unless it is built already.</summary>
    /// <returns>The app's directory, which holds <c>.vercel/output</c>.</returns>
    public static async Task<string> BuildAsync(string name)
    {
        await NodeScript.RunAsync("eng/build-framework.mjs", name);
        return Repository.Path("tests", "Frameworks", name);
    }
}
