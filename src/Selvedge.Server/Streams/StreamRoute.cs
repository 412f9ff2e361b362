using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Streams;

/// <summary>Where a request to the streams goes, as its path says it. Nothing is checked yet but the shape.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Project">The project, as written; <c>_default</c> for the short forms.</param>
/// <param name="Rest">What follows.</param>
internal readonly record struct StreamRoute(StreamRouteKind Kind, string Project, string Rest)
{
    private const string Version = "/v1/";
    private const string Streams = "stream/";
    private const string Estuaries = "estuary/";
    private const string Configs = "config/";

    /// <summary>Where load balancers ask, on a server of streams alone.</summary>
    public const string HealthPath = "/health";

    /// <summary>Reads a decoded path; false if it is none of the streams'.</summary>
    public static bool TryParse(string? path, out StreamRoute route)
    {
        route = default;
        if (path == HealthPath)
        {
            route = new StreamRoute(StreamRouteKind.Health, StreamName.DefaultProject, "");
            return true;
        }

        if (path is null || !path.StartsWith(Version, StringComparison.Ordinal))
            return false;
        var rest = path.AsSpan(Version.Length);
        if (rest.StartsWith(Configs, StringComparison.Ordinal))
        {
            route = new StreamRoute(StreamRouteKind.Config, rest[Configs.Length..].ToString(), "");
            return !route.Project.Contains('/', StringComparison.Ordinal);
        }

        if (TryParse(rest, StreamName.DefaultProject, out route))
            return true;
        var slash = rest.IndexOf('/');
        return slash > 0 && TryParse(rest[(slash + 1)..], rest[..slash], out route);
    }

    private static bool TryParse(ReadOnlySpan<char> rest, ReadOnlySpan<char> project, out StreamRoute route)
    {
        StreamRouteKind? kind =
            rest.StartsWith(Streams, StringComparison.Ordinal) ? StreamRouteKind.Stream
            : rest.StartsWith(Estuaries, StringComparison.Ordinal) ? StreamRouteKind.Estuary
            : null;
        if (kind is null)
        {
            route = default;
            return false;
        }

        var tail = rest[(kind is StreamRouteKind.Stream ? Streams.Length : Estuaries.Length)..];
        var name = project is StreamName.DefaultProject ? StreamName.DefaultProject : project.ToString();
        route = new StreamRoute(kind.Value, name, tail.ToString());
        return true;
    }
}
