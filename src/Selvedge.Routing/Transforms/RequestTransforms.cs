using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Transforms;

/// <summary>Applies a route's transforms to the request, at once, so that the conditions of later routes see them.</summary>
internal static class RequestTransforms
{
    private const int MaxPathLength = 2048;

    /// <summary>Applies one transform. What would make an invalid header or path is skipped.</summary>
    public static void Apply(Transform transform, LiveRequest request, CaptureScope captures)
    {
        switch (transform.Kind)
        {
            case TransformKind.RequestHeaders:
                ApplyToHeaders(transform, request, captures);
                break;
            case TransformKind.RequestQuery:
                ApplyToQuery(transform, request, captures);
                break;
            case TransformKind.RequestPath:
                var path = transform.Args is [var template, ..] ? template.Fill(captures, TextPosition.Plain) : "";
                if (IsRequestPath(path))
                    request.FunctionPath = path;
                break;
            default:
                break;
        }
    }

    private static void ApplyToHeaders(Transform transform, LiveRequest request, CaptureScope captures)
    {
        var values = transform.Args.Select(arg => arg.Fill(captures, TextPosition.Plain)).ToList();
        var isDeletion = transform.Operation == HeaderChangeKind.Delete;
        if (!isDeletion && (values.Count == 0 || values.Exists(static value => !TransformText.IsHeaderValue(value))))
            return;

        var names = transform.Key is { } key
            ? [key.Fill(captures, TextPosition.Plain).ToLowerInvariant()]
            : Selected(transform, request.HeaderNames());
        foreach (var name in names)
        {
            if (!TransformText.IsHeaderName(name))
                continue;
            switch (transform.Operation)
            {
                case HeaderChangeKind.Set:
                    request.Headers.Set(name, string.Join(", ", values));
                    break;
                case HeaderChangeKind.Append:
                    // Appending reads what was there, so the decision depends on it.
                    request.Header(name);
                    values.ForEach(value => request.Headers.Append(name, value));
                    break;
                case HeaderChangeKind.Delete when values.Count == 0:
                    request.Headers.Delete(name, value: null);
                    break;
                default:
                    request.Header(name);
                    values.ForEach(value => request.Headers.Delete(name, value));
                    break;
            }
        }
    }

    private static void ApplyToQuery(Transform transform, LiveRequest request, CaptureScope captures)
    {
        var values = transform.Args.Select(arg => arg.Fill(captures, TextPosition.Plain)).ToList();
        var keys = transform.Key is { } single
            ? [single.Fill(captures, TextPosition.Plain)]
            : Selected(transform, QueryString.Keys(request.Query));
        foreach (var key in keys)
        {
            request.Query = transform.Operation switch
            {
                HeaderChangeKind.Set when values.Count > 0 => QueryString.Set(request.Query, key, values),
                HeaderChangeKind.Append => QueryString.Append(request.Query, key, values),
                HeaderChangeKind.Delete => QueryString.Delete(request.Query, key, values),
                _ => request.Query,
            };
        }
    }

    private static List<string> Selected(Transform transform, IReadOnlyList<string> names) =>
        names.Where(name => transform.Selector!.Test(name) == MatchResult.Yes).ToList();

    private static bool IsRequestPath(string path)
    {
        if (path.Length is 0 or > MaxPathLength || path[0] != '/' || path.StartsWith("//", StringComparison.Ordinal))
            return false;
        foreach (var c in path)
        {
            if (c is <= ' ' or '\x7f' or '?' or '#')
                return false;
        }

        return PathSafety.IsSafe(path);
    }
}
