using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Selvedge.Caching.Data;
using Selvedge.Server.Admin;

namespace Selvedge.Server.Data;

/// <summary>
/// The data cache as functions reach it: the platform's suspense cache protocol, which Next.js 14 speaks itself, with families for
/// <c>use cache</c> and the runtime cache beside it.
/// </summary>
internal sealed class DataEndpoint(DataGrants grants, TagRevalidator revalidator, ILogger<DataEndpoint> logger)
{
    private static readonly TimeSpan LongestStale = TimeSpan.FromDays(365 * 10);

    /// <summary>Answers one request of a function.</summary>
    public Task InvokeAsync(HttpContext http)
    {
        // 1. Who asks.
        if (grants.Find(http.Request.Headers.Authorization.ToString()) is not { } grant)
        {
            Log.DataRefused(logger);
            return AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status401Unauthorized,
                "Present the token that this function was given."
            );
        }

        // 2. What about.
        if (!DataTarget.TryParse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, out var target))
        {
            return AdminAnswer.WriteAsync(http, StatusCodes.Status404NotFound, "There is nothing but /v1/FAMILY/KEY here.");
        }

        // 3. What to do.
        return http.Request.Method switch
        {
            "GET" => ReadAsync(http, grant, target),
            "POST" when target.IsRevalidation => RevalidateAsync(http, grant, target),
            "POST" => WriteAsync(http, grant, target),
            "DELETE" => RemoveAsync(http, grant, target),
            _ => AdminAnswer.WriteAsync(http, StatusCodes.Status405MethodNotAllowed, "Use GET, POST or DELETE."),
        };
    }

    private static async Task ReadAsync(HttpContext http, DataGrant grant, DataTarget target)
    {
        var reading = await grant.Scope.FindAsync(target.ItemKey, DataTags.Of(http.Request.Headers), http.RequestAborted);
        var headers = http.Response.Headers;
        headers[DataFields.Position] = Text(reading.Position);
        if (!reading.IsUsable || (reading.State is DataState.Stale && http.Request.Headers[DataFields.AcceptStale] != "1"))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        headers[DataFields.State] = reading.State is DataState.Stale ? "stale" : "fresh";
        headers[DataFields.Age] = Text((long)reading.Age.TotalMilliseconds);
        headers.Age = Text((long)reading.Age.TotalSeconds);
        headers.ContentType = "application/octet-stream";
        headers.ContentLength = reading.Value.Length;
        await http.Response.Body.WriteAsync(reading.Value, http.RequestAborted);
    }

    private async Task WriteAsync(HttpContext http, DataGrant grant, DataTarget target)
    {
        if (http.Request.ContentLength is not { } length)
        {
            await AdminAnswer.WriteAsync(http, StatusCodes.Status411LengthRequired, "Say how long the value is.");
            return;
        }

        if (length > DataLimits.MaxValueBytes)
        {
            await RefuseAsync(http, grant, target, DataWrite.ValueTooLarge);
            return;
        }

        var value = new byte[length];
        await http.Request.Body.ReadExactlyAsync(value, http.RequestAborted);
        var item = new DataItem
        {
            Value = value,
            Tags = [.. DataTags.Of(http.Request.Headers).Distinct(StringComparer.Ordinal)],
            Lifetime = LifetimeOf(http.Request.Headers, target),
        };
        // Whoever does not say when it began may have begun long ago.
        _ = long.TryParse(http.Request.Headers[DataFields.Position], CultureInfo.InvariantCulture, out var began);
        var outcome = await grant.Scope.StoreAsync(target.ItemKey, item, began, http.RequestAborted);
        if (outcome is DataWrite.Stored or DataWrite.Outdated)
        {
            http.Response.Headers[DataFields.Position] = Text(grant.Scope.Position);
        }
        else
        {
            await RefuseAsync(http, grant, target, outcome);
        }
    }

    private static Task RemoveAsync(HttpContext http, DataGrant grant, DataTarget target) =>
        grant.Scope.RemoveAsync(target.ItemKey, http.RequestAborted);

    private async Task RevalidateAsync(HttpContext http, DataGrant grant, DataTarget target)
    {
        List<string> tags = [.. DataTags.Decode(target.Parameter("tags") ?? "")];
        if (!DataLimits.AreTags(tags))
        {
            await AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status400BadRequest,
                $"Name at most {DataLimits.MaxTags} tags of at most {DataLimits.MaxTagLength} characters."
            );
            return;
        }

        var how = HowOf(target.Parameter("stale-for"));
        await revalidator.RevalidateAsync(tags, how);
        Log.TagsRevalidated(logger, grant.Function, tags.Count, how.KeepsStale);
        http.Response.Headers[DataFields.Position] = Text(grant.Scope.Position);
    }

    private Task RefuseAsync(HttpContext http, DataGrant grant, DataTarget target, DataWrite outcome)
    {
        Log.DataNotStored(logger, grant.Function, target.Family, outcome);
        return outcome switch
        {
            DataWrite.ValueTooLarge => AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status413PayloadTooLarge,
                $"A value may have {DataLimits.MaxValueBytes} bytes."
            ),
            DataWrite.BadKey => AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status400BadRequest,
                $"A key has 1 to {DataLimits.MaxKeyLength} characters."
            ),
            _ => AdminAnswer.WriteAsync(
                http,
                StatusCodes.Status400BadRequest,
                $"An item has at most {DataLimits.MaxTags} tags, each of 1 to {DataLimits.MaxTagLength} characters."
            ),
        };
    }

    // Next.js keeps its data beyond the time at which it is to be looked after, and judges its age itself.
    private static TimeSpan? LifetimeOf(IHeaderDictionary headers, DataTarget target) =>
        target.Family is not DataTarget.NextData
        && double.TryParse(headers[DataFields.Lifetime], CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
        && seconds < LongestStale.TotalSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TagRevalidation HowOf(string? staleFor) =>
        staleFor is null || !double.TryParse(staleFor, CultureInfo.InvariantCulture, out var seconds) || !(seconds > 0)
            ? TagRevalidation.Expire
        : seconds < LongestStale.TotalSeconds ? new TagRevalidation(TimeSpan.FromSeconds(seconds))
        : TagRevalidation.MarkStale;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
