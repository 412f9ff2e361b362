namespace Selvedge.Frameworks.Tests.Svelte;

/// <summary>Endpoints with <c>runtime: 'edge'</c>.</summary>
[Collection<SvelteSite>]
public sealed class EdgeHandlerTests(SvelteSite site) : HandlerContract(site, "/edge", "edge-runtime");
