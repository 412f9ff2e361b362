namespace Selvedge.Server.Streams;

/// <summary>How those who use streams say who they are.</summary>
public enum StreamAuth
{
    /// <summary>By a token signed with a secret of the project (RFC 7519, HS256). Projects without secrets let nobody in.</summary>
    Jwt,

    /// <summary>Not at all: everybody may do everything. For development.</summary>
    None,
}
