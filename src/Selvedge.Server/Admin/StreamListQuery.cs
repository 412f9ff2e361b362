using System.Globalization;
using Microsoft.AspNetCore.Http;
using Selvedge.Streams;
using Selvedge.Streams.Protocol;

namespace Selvedge.Server.Admin;

/// <summary>Which streams to list: the query of <c>GET /streams</c>.</summary>
/// <param name="Project">The project they belong to.</param>
/// <param name="Prefix">What their ids begin with; empty for all.</param>
/// <param name="After">The id after which the page begins; empty for the first page.</param>
/// <param name="Limit">How many streams the page may hold.</param>
internal sealed record StreamListQuery(string Project, string Prefix, string After, int Limit)
{
    private const int DefaultLimit = 1000;
    private const int MaxLimit = 10_000;

    /// <summary>What the store's names of the streams begin with.</summary>
    public string StorePrefix => $"{Project}/{Prefix}";

    /// <summary>Understands a query, or says what is wrong with it.</summary>
    public static (StreamListQuery? Query, string? Fault) Parse(IQueryCollection query)
    {
        var project = Value(query, "project", StreamName.DefaultProject);
        if (!StreamName.TryCreate(project, "x", out _))
        {
            return (null, $"'{project}' cannot be a project: use up to {StreamName.MaxProjectLength} letters, digits, _ and -.");
        }

        var limit = DefaultLimit;
        var number = Value(query, "limit", "");
        var isNumber = number.Length == 0 || int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out limit);
        return isNumber && limit is >= 1 and <= MaxLimit
            ? (new StreamListQuery(project, Value(query, "prefix", ""), Value(query, "after", ""), limit), null)
            : (null, $"'{number}' is no limit: use a number from 1 to {MaxLimit}.");
    }

    /// <summary>The store's name of the stream after which the page begins; empty for the first page.</summary>
    public string StoreAfter => After.Length > 0 ? $"{Project}/{After}" : "";

    /// <summary>Whether a stream is listed; the server's own are not.</summary>
    public bool Wants(StreamInfo stream) => !new StreamName(Project, IdOf(stream)).IsReserved;

    /// <summary>The id of a stream of the project.</summary>
    public string IdOf(StreamInfo stream) => stream.Name[(Project.Length + 1)..];

    private static string Value(IQueryCollection query, string name, string otherwise) =>
        query[name].ToString() is { Length: > 0 } value ? value : otherwise;
}
