using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Selvedge.Server.Streams;
using Selvedge.Streams;

namespace Selvedge.Server.Admin;

/// <summary>The streams on the admin listener.</summary>
internal sealed class StreamListEndpoint(StreamService streams)
{
    /// <summary><c>GET /streams?project=&amp;prefix=&amp;after=&amp;limit=</c>: streams in the order of their ids, a page at a time.</summary>
    public async Task ListAsync(HttpContext http)
    {
        var (query, fault) = StreamListQuery.Parse(http.Request.Query);
        if (query is null)
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status400BadRequest, fault!);
            return;
        }

        var page = await CollectAsync(query, http.RequestAborted);
        await JsonAnswer.WriteAsync(http.Response, json => Write(json, query, page), http.RequestAborted);
    }

    /// <summary><c>POST /streams/keys</c>: lets another key sign webhooks, and names it.</summary>
    public async Task RotateKeyAsync(HttpContext http)
    {
        if (await streams.RotateWebhookKeyAsync(http.RequestAborted) is { } keyId)
            await JsonAnswer.WriteAsync(http.Response, json => json.WriteString("kid", keyId), http.RequestAborted);
        else
            await AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status409Conflict,
                "No key was made: the streams are not open, this machine has no OpenSSL, or somebody else is making one."
            );
    }

    /// <summary><c>GET /streams/reads</c>: what readers asked since the server started, and what that cost the store.</summary>
    public Task CountAsync(HttpContext http)
    {
        var metrics = streams.Metrics;
        var (hits, misses) = (metrics?.Answered(ReadVerdict.Hit) ?? 0, metrics?.Answered(ReadVerdict.Miss) ?? 0);
        var bypasses = metrics?.Answered(ReadVerdict.Bypass) ?? 0;
        return JsonAnswer.WriteAsync(
            http.Response,
            json =>
            {
                json.WriteNumber("reads", hits + misses + bypasses);
                json.WriteNumber("hits", hits);
                json.WriteNumber("misses", misses);
                json.WriteNumber("bypasses", bypasses);
                json.WriteNumber("originReads", metrics?.PagesRead ?? 0);
                json.WriteNumber("originBytes", metrics?.BytesRead ?? 0);
            },
            http.RequestAborted
        );
    }

    /// <summary>The page's streams in order, and one more if there is another page.</summary>
    private async Task<List<StreamInfo>> CollectAsync(StreamListQuery query, CancellationToken cancellationToken)
    {
        var page = new List<StreamInfo>();
        await foreach (var stream in streams.ListAsync(query.StorePrefix, query.StoreAfter, cancellationToken))
        {
            if (query.Wants(stream))
            {
                page.Add(stream);
            }

            if (page.Count > query.Limit)
            {
                break;
            }
        }

        return page;
    }

    private static void Write(Utf8JsonWriter json, StreamListQuery query, List<StreamInfo> page)
    {
        var shown = Math.Min(page.Count, query.Limit);
        json.WriteStartArray("streams");
        foreach (var stream in page.Take(shown))
        {
            json.WriteStartObject();
            json.WriteString("name", query.IdOf(stream));
            json.WriteNumber("length", stream.Tail);
            json.WriteString("contentType", stream.Config.ContentType);
            json.WriteBoolean("closed", stream.IsClosed);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (page.Count > shown)
        {
            json.WriteString("next", query.IdOf(page[shown - 1]));
        }
    }
}
