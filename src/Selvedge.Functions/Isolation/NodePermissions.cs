using System.Globalization;

namespace Selvedge.Functions.Isolation;

/// <summary>
/// What Node.js itself refuses to a function (its permission model): files but its own, other processes, and whatever is not allowed here.
/// It is a second fence and no wall: an add-on that is allowed can do anything.
/// </summary>
public sealed record NodePermissions
{
    /// <summary>What may be allowed, each under the name of Node.js's flag without <c>--allow-</c>.</summary>
    public static readonly IReadOnlyList<string> Grants = ["addons", "child-process", "wasi", "worker"];

    /// <summary>The major version of the Node.js: before 24 the flag has another name.</summary>
    public required int NodeMajor { get; init; }

    /// <summary>What is allowed, of <see cref="Grants"/>.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>Composes the flags.</summary>
    /// <param name="readable">Directories that may be read, without a slash at the end.</param>
    /// <param name="writable">Directories that may be read and written.</param>
    internal IEnumerable<string> Flags(IReadOnlyList<string> readable, IReadOnlyList<string> writable) =>
        [
            NodeMajor < 24 ? "--experimental-permission" : "--permission",
            // Of old versions, which call the flag an experiment each time.
            .. NodeMajor < 24 ? ["--disable-warning=ExperimentalWarning"] : Array.Empty<string>(),
            .. readable
                .Concat(writable)
                .Select(directory => string.Create(CultureInfo.InvariantCulture, $"--allow-fs-read={directory}/")),
            .. writable.Select(directory => string.Create(CultureInfo.InvariantCulture, $"--allow-fs-write={directory}/")),
            .. Allowed.Select(grant => string.Create(CultureInfo.InvariantCulture, $"--allow-{grant}")),
        ];
}
