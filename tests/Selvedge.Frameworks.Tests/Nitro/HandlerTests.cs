namespace Selvedge.Frameworks.Tests.Nitro;

/// <summary>The files of <c>routes/api</c>.</summary>
[Collection<NitroSite>]
public sealed class HandlerTests(NitroSite site) : HandlerContract(site, "/api", "nitro");
