namespace Selvedge.Functions.Tests.Support;

/// <summary>A shell script in a directory of its own, gone with the object.</summary>
internal sealed class TemporaryScript : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("script");

    public TemporaryScript(string body, string path = "script")
    {
        Path = System.IO.Path.Combine(_directory.FullName, path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>The directory that it lies in, or below.</summary>
    public string Root => _directory.FullName;

    public string Path { get; }

    public void Dispose() => _directory.Delete(recursive: true);
}
