using System.Text.Json;
using System.Text.Json.Serialization;
using Selvedge.Routing;
using Selvedge.Routing.Explain;

namespace Selvedge.Cli.Explain;

/// <summary>Prints how a decision came about.</summary>
internal static class Explanation
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Prints it for a person, a step a line.</summary>
    public static void Print(RouteTrace trace, RouteDecision decision)
    {
        foreach (var step in trace.Steps)
        {
            var where = step.Route is { } index ? $"{step.Phase} route {index}, {step.Src}" : step.Path;
            Console.Out.WriteLine($"{step.Kind, -9} {where}");
            foreach (var effect in step.Effects)
            {
                Console.Out.WriteLine($"          {effect}");
            }
        }

        foreach (var header in decision.ResponseHeaders)
        {
            Console.Out.WriteLine($"Header    {header.Name}: {header.Value} ({header.Precedence})");
        }
    }

    /// <summary>Prints it for a program.</summary>
    public static void PrintJson(RouteTrace trace, RouteDecision decision) =>
        Console.Out.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    decision.Outcome,
                    decision.Status,
                    Target = decision.Target?.OutputPath,
                    TargetKind = decision.Target?.Kind,
                    decision.ExternalUrl,
                    decision.Location,
                    decision.ErrorCode,
                    decision.RequestPath,
                    decision.Query,
                    decision.RoutedPath,
                    decision.RouteMatches,
                    decision.ResponseHeaders,
                    decision.RequestHeaders,
                    decision.ResponseTransforms,
                    trace.Steps,
                },
                JsonOptions
            )
        );
}
