using System.Text.Json;

namespace Selvedge.Routing.Tests.Golden;

/// <summary>A request to a deployment, and the decision it must get. <c>README.md</c> tells how the files are written.</summary>
/// <param name="Deployment">The name of the deployment.</param>
/// <param name="Case">The case as written.</param>
internal sealed record GoldenCase(string Deployment, JsonElement Case);
