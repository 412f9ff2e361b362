namespace Selvedge.Testing;

/// <summary>Where the things are that a test runs but does not reference.</summary>
public static class Repository
{
    /// <summary>The directory that holds <c>Selvedge.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The built command, of the same configuration as the running tests.</summary>
    /// <remarks>A test project names <c>Selvedge.Cli</c> as a reference without its assembly, so that it is built by then.</remarks>
    public static string Command =>
        System.IO.Path.Combine(Root, "src", "Selvedge.Cli", "bin", Configuration, "net10.0", "selvedge.dll");

    /// <summary>An absolute path inside the repository.</summary>
    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    // Tests run from tests/X/bin/<Configuration>/net10.0.
    private static string Configuration =>
        new DirectoryInfo(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Name;

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
            if (File.Exists(System.IO.Path.Combine(directory.FullName, "Selvedge.slnx")))
                return directory.FullName;
        throw new InvalidOperationException($"No Selvedge.slnx above {AppContext.BaseDirectory}.");
    }
}
