namespace Selvedge.Server.Images;

/// <summary>Why an image may not be had.</summary>
internal enum ImageRefusal
{
    /// <summary>It may.</summary>
    None,

    /// <summary><c>url</c> is missing, is given twice or names nothing.</summary>
    UrlInvalid,

    /// <summary>No pattern of the deployment allows <c>url</c>.</summary>
    UrlNotAllowed,

    /// <summary><c>w</c> is not one of the deployment's sizes.</summary>
    WidthNotAllowed,

    /// <summary><c>q</c> is not one of the deployment's qualities.</summary>
    QualityNotAllowed,

    /// <summary>What <c>url</c> leads to is no image, or one that may hold scripts.</summary>
    NotAnImage,
}
