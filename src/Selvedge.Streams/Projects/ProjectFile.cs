using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Selvedge.Streams.Access;
using Selvedge.Streams.Protocol;
using Selvedge.Streams.Storage;

namespace Selvedge.Streams.Projects;

/// <summary>The file that projects are kept in. It holds secrets, so only the server's user can read it.</summary>
internal sealed class ProjectFile(string path)
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static ImmutableSortedDictionary<string, Project> None { get; } =
        ImmutableSortedDictionary.Create<string, Project>(StringComparer.Ordinal);

    /// <summary>Reads the projects.</summary>
    /// <exception cref="StreamStoreException">The file is there and cannot be read.</exception>
    public ImmutableSortedDictionary<string, Project> Read()
    {
        try
        {
            if (!File.Exists(path))
                return None;
            var stored = JsonSerializer.Deserialize<StoredProjects>(File.ReadAllBytes(path), Json);
            if (stored?.Version != Version || !stored.Projects.All(project => StreamName.IsProject(project.Name)))
                throw new StreamStoreException($"'{path}' is not a file of projects that this version knows.");
            return None.AddRange(stored.Projects.Select(project => KeyValuePair.Create(project.Name, FromStored(project))));
        }
        catch (Exception exception)
            when (exception is JsonException or IOException or UnauthorizedAccessException or FormatException or ArgumentException
            )
        {
            throw new StreamStoreException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Replaces the file; it is durable when this is true, and unchanged otherwise.</summary>
    public bool TryWrite(IEnumerable<Project> projects)
    {
        try
        {
            var bytes = JsonSerializer.SerializeToUtf8Bytes(new StoredProjects(Version, [.. projects.Select(ToStored)]), Json);
            var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(directory);
            var fresh = path + ".new";
            File.Delete(fresh);
            using (var file = new FileStream(fresh, Options()))
            {
                file.Write(bytes);
                DataSync.Flush(file.SafeFileHandle);
            }

            File.Move(fresh, path, overwrite: true);
            DataSync.FlushDirectory(directory);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static FileStreamOptions Options()
    {
        // Without a buffer, so that everything is in the file when it is flushed.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static Project FromStored(StoredProject stored) =>
        new(stored.Name)
        {
            Secrets = [.. stored.Secrets.Select(secret => new SigningSecret(secret.Id, secret.Secret, secret.CreatedAt))],
            CorsOrigins = [.. stored.CorsOrigins],
            IsPublic = stored.IsPublic,
            CreatedAt = stored.CreatedAt,
            ReaderSecret = [.. stored.ReaderSecret],
            ReaderGenerations = stored.ReaderGenerations.ToImmutableDictionary(StringComparer.Ordinal),
        };

    private static StoredProject ToStored(Project project) =>
        new(
            project.Name,
            project.CreatedAt,
            [.. project.Secrets.Select(secret => new StoredSecret(secret.Id, secret.Value, secret.CreatedAt))],
            [.. project.CorsOrigins],
            project.IsPublic,
            [.. project.ReaderSecret],
            project.ReaderGenerations
        );

    private sealed record StoredProjects(int Version, StoredProject[] Projects);

    private sealed record StoredProject(
        string Name,
        DateTimeOffset CreatedAt,
        StoredSecret[] Secrets,
        string[] CorsOrigins,
        bool IsPublic,
        byte[] ReaderSecret,
        IReadOnlyDictionary<string, long> ReaderGenerations
    );

    private sealed record StoredSecret(string Id, string Secret, DateTimeOffset CreatedAt);
}
