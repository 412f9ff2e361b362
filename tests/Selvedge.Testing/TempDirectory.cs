namespace Selvedge.Testing;

/// <summary>A directory of a test's own, deleted with everything in it on <see cref="Dispose"/>.</summary>
public sealed class TempDirectory : IDisposable
{
    /// <summary>The absolute path; the directory exists.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("selvedge-").FullName;

    /// <summary>The absolute path of something inside, which need not exist.</summary>
    public string Combine(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Writes a text file, and the directories above it.</summary>
    /// <returns>The file's absolute path.</returns>
    public string Write(string relativePath, string content)
    {
        var path = Combine(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
