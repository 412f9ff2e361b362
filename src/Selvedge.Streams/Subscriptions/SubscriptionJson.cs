using System.Text.Json;
using Selvedge.Streams.Protocol;

namespace Selvedge.Streams.Subscriptions;

/// <summary>The parts of subscriptions that several messages share.</summary>
public static class SubscriptionJson
{
    /// <summary>Writes the followed streams as the member <c>streams</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="streams">The streams.</param>
    /// <param name="withTails">Whether to say where they end and whether there is something to do.</param>
    public static void WriteStreams(Utf8JsonWriter json, IReadOnlyList<SubscribedStream> streams, bool withTails)
    {
        json.WriteStartArray("streams");
        foreach (var stream in streams)
        {
            json.WriteStartObject();
            json.WriteString("path", stream.Path);
            // A stream that is followed for both reasons counts as named.
            json.WriteString("link_type", stream.IsExplicit ? "explicit" : "glob");
            json.WriteString("acked_offset", stream.Acked < 0 ? "-1" : StreamOffset.Format(stream.Acked));
            if (withTails)
            {
                json.WriteString("tail_offset", StreamOffset.Format(stream.Tail));
                json.WriteBoolean("has_pending", stream.HasPending);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Where the server can be reached about a project's subscriptions.</summary>
    public static string RootOf(string baseUrl, string project) =>
        baseUrl + StreamName.MountOf(project) + StreamName.ReservedSegment;

    internal static string UrlOf(SubscriptionState state, string action) =>
        $"{RootOf(state.BaseUrl, state.Project)}/subscriptions/{Uri.EscapeDataString(state.Id)}/{action}";
}
