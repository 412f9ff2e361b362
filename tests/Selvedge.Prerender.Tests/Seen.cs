namespace Selvedge.Prerender.Tests;

/// <summary>What a client saw.</summary>
internal sealed record Seen(string Verdict, int Status, string Body);
