using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Selvedge.Routing.Explain;

/// <summary>How a decision came about, step by step. Give an empty one to a <see cref="Router"/> and read it afterwards.</summary>
public sealed class RouteTrace
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // The text goes to a terminal or a file, never into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    private readonly List<RouteTraceStep> _steps = [];

    /// <summary>The steps in the order they were taken.</summary>
    public IReadOnlyList<RouteTraceStep> Steps => _steps;

    /// <summary>The steps as a JSON array.</summary>
    public string ToJson() => JsonSerializer.Serialize(_steps, Json);

    /// <summary>The steps for a reader, one line each.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in _steps)
            text.Append(step).Append('\n');
        return text.ToString();
    }

    internal void Add(RouteTraceStep step) => _steps.Add(step);
}
