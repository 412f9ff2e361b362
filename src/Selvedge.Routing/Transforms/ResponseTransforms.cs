using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Substitution;

namespace Selvedge.Routing.Transforms;

/// <summary>A route's transforms of the response, resolved when the route applies and carried out when the target has answered.</summary>
/// <param name="Changes">Changes to headers named outright.</param>
/// <param name="Selected">Changes to headers a test selects.</param>
internal sealed record ResponseTransforms(IReadOnlyList<HeaderChange> Changes, IReadOnlyList<ResponseTransform> Selected)
{
    /// <summary>No changes.</summary>
    public static ResponseTransforms None { get; } = new([], []);

    /// <summary>Fills in a route's transforms. What would make an invalid header is skipped.</summary>
    public static ResponseTransforms Resolve(IReadOnlyList<Transform> transforms, CaptureScope captures)
    {
        var changes = new List<HeaderChange>();
        var selected = new List<ResponseTransform>();
        foreach (var transform in transforms)
        {
            if (transform.Kind != TransformKind.ResponseHeaders)
                continue;

            foreach (var value in Values(transform, captures))
            {
                if (transform.Selector is { } selector)
                    selected.Add(new(transform.Operation, name => selector.Test(name) == MatchResult.Yes, value));
                else if (Name(transform, captures) is { } name)
                    changes.Add(new HeaderChange(transform.Operation, name, value));
            }
        }

        return new ResponseTransforms(changes, selected);
    }

    /// <summary>One value for each change: a list is set as one, and appended or deleted one by one.</summary>
    private static List<string?> Values(Transform transform, CaptureScope captures)
    {
        var values = transform.Args.Select(arg => arg.Fill(captures, TextPosition.Plain)).ToList<string?>();
        if (transform.Operation == HeaderChangeKind.Delete)
            return values.Count == 0 ? [null] : values;
        if (values.Count == 0 || values.Exists(static value => !TransformText.IsHeaderValue(value!)))
            return [];
        return transform.Operation == HeaderChangeKind.Set ? [string.Join(", ", values)] : values;
    }

    private static string? Name(Transform transform, CaptureScope captures)
    {
        var name = transform.Key!.Fill(captures, TextPosition.Plain).ToLowerInvariant();
        return TransformText.IsHeaderName(name) ? name : null;
    }
}
