using Selvedge.Routing.Conditions;
using Selvedge.Routing.Config;
using Selvedge.Routing.Patterns;
using Selvedge.Routing.Requests;
using Selvedge.Routing.Substitution;
using Selvedge.Routing.Transforms;

namespace Selvedge.Routing.Phases;

/// <summary>Compiles routes, and reports what cannot be compiled.</summary>
/// <param name="options">The settings.</param>
/// <param name="faults">Receives the faults.</param>
internal sealed class RouteCompiler(RoutingOptions options, ICollection<RouteFault> faults)
{
    /// <summary>Compiles a route; <see langword="null"/> if it has a fault.</summary>
    public CompiledRoute? Compile(RouteConfig config)
    {
        var before = faults.Count;
        var key = $"routes[{config.Index}]";
        CheckPhase(config, key);
        var pattern = Try(key + ".src", () => PathPattern.Compile(config.Src, config.CaseSensitive, options.RegexTimeout));
        var has = Conditions(config.Has, key + ".has");
        var missing = Conditions(config.Missing, key + ".missing");
        if (pattern is null)
            return null;

        var conditionNames = has.SelectMany(static condition => condition.CaptureNames).Distinct(StringComparer.Ordinal).ToList();
        var names = new CaptureNames(pattern.GroupNames, conditionNames, Variables(config.Env));
        var destination = config.Dest is null ? null : Destination.Parse(config.Dest, names);
        var headers = Headers(config, names, key);
        var transforms = Transforms(config, pattern.GroupNames, conditionNames, key);
        if (faults.Count > before)
            return null;

        var templates = AllTemplates(destination, headers, transforms);
        return new CompiledRoute
        {
            Config = config,
            Pattern = pattern,
            Has = has,
            Missing = missing,
            Methods = config.Methods?.Select(static method => method.ToUpperInvariant()).ToList(),
            Destination = destination,
            Headers = headers,
            Transforms = transforms,
            MiddlewarePath = config.MiddlewarePath is { } path ? "/" + path.TrimStart('/') : null,
            // A destination's captures are told to prerenders, whether it names them or not.
            CapturesPath = destination is not null || templates.Exists(static template => template.UsesGroups),
            CapturesConditions = templates.Exists(static template => template.ConditionNames.Any()),
            Continues = config.Continue || config.Phase == RoutePhase.Hit || OnlyTransforms(config),
        };
    }

    private void CheckPhase(RouteConfig config, string key)
    {
        if (config.Service is not null)
            Fault(
                key + ".destination",
                "Deployments of several services are not supported; build and serve each service by itself."
            );
        if (config.Phase == RoutePhase.Hit && (config.Dest is not null || config.Status is not null))
            Fault(key, "A route after \"handle\": \"hit\" may only set headers; remove its dest and status.");
        if (config.Phase is RoutePhase.Hit or RoutePhase.Miss or RoutePhase.Error && config.MiddlewarePath is not null)
            Fault(
                key + ".middlewarePath",
                "Middleware cannot run in the phases hit, miss and error; move the route before them."
            );
    }

    /// <summary>
    /// Whether a route does nothing but transform. Such a route does not end its phase: Next.js marks server actions so, and the
    /// middleware that follows must not be skipped for them.
    /// </summary>
    private static bool OnlyTransforms(RouteConfig config) =>
        config.Transforms.Count > 0
        && config is { Dest: null, Status: null, MiddlewarePath: null, Locale: null, Mitigate: null }
        && !config.Headers.Any(static header =>
            string.Equals(header.Key, HeaderTemplate.Location, StringComparison.OrdinalIgnoreCase)
        );

    private List<Condition> Conditions(IReadOnlyList<ConditionConfig> configs, string key)
    {
        var conditions = new List<Condition>(configs.Count);
        for (var i = 0; i < configs.Count; i++)
        {
            var config = configs[i];
            if (Try($"{key}[{i}].value", () => Condition.Compile(config, options.RegexTimeout)) is { } condition)
                conditions.Add(condition);
        }

        return conditions;
    }

    private List<HeaderTemplate> Headers(RouteConfig config, CaptureNames names, string key)
    {
        var headers = new List<HeaderTemplate>(config.Headers.Count);
        foreach (var (name, value) in config.Headers)
        {
            if (!HeaderText.IsName(name))
                Fault($"{key}.headers.{name}", "This is not the name of a header; use letters, digits and hyphens.");
            else if (!HeaderText.IsValue(value))
                Fault($"{key}.headers.{name}", "This value has a control character, which no header may have.");
            else
                headers.Add(new HeaderTemplate(name.ToLowerInvariant(), Template.Parse(value, names)));
        }

        return headers;
    }

    private List<Transform> Transforms(
        RouteConfig config,
        IReadOnlyList<string?> groups,
        IReadOnlyCollection<string> conditionNames,
        string key
    )
    {
        var transforms = new List<Transform>(config.Transforms.Count);
        for (var i = 0; i < config.Transforms.Count; i++)
        {
            var transform = config.Transforms[i];
            var names = new CaptureNames(groups, conditionNames, Variables(transform.Env));
            var selector = transform.KeyTest is not { } test
                ? null
                : Try(
                    $"{key}.transforms[{i}].target.key.re",
                    () => ValueTest.Compile(test, StringComparison.OrdinalIgnoreCase, options.RegexTimeout)
                );
            transforms.Add(
                new Transform(
                    transform.Kind,
                    transform.Operation,
                    transform.Key is null ? null : Template.Parse(transform.Key, names),
                    selector,
                    transform.Args.Select(arg => Template.Parse(arg, names)).ToList()
                )
            );
        }

        return transforms;
    }

    private static List<Template> AllTemplates(Destination? destination, List<HeaderTemplate> headers, List<Transform> transforms)
    {
        var templates = headers.ConvertAll(static header => header.Value);
        templates.AddRange(transforms.SelectMany(static transform => transform.Templates));
        if (destination is not null)
            templates.AddRange(destination.Templates);
        return templates;
    }

    private Dictionary<string, string> Variables(IReadOnlyList<string> names)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (options.Environment.TryGetValue(name, out var value))
                variables[name] = value;
        }

        return variables;
    }

    private T? Try<T>(string key, Func<T> compile)
        where T : class
    {
        try
        {
            return compile();
        }
        catch (PatternFormatException fault)
        {
            Fault(key, $"The pattern cannot be used. {fault.Message}");
            return null;
        }
    }

    private void Fault(string key, string message) => faults.Add(new RouteFault(key, message));
}
