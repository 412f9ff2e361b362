using System.Text.Json;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>A request to a deployment, and the decision it must get. <c>Golden/README.md</c> tells how the files are written.</summary>
internal sealed record GoldenCase(string Name, JsonElement Config, IReadOnlyList<string> Outputs, JsonElement Case);
