namespace Selvedge.Server.Errors;

/// <summary>The forms an error answer comes in.</summary>
internal enum ErrorFormat
{
    /// <summary>Plain text: for <c>curl</c> and whoever names no preference.</summary>
    Text,

    /// <summary>A page: for browsers.</summary>
    Html,

    /// <summary>An object with <c>code</c> and <c>message</c>: for programs.</summary>
    Json,
}
