using System.Text.RegularExpressions;

namespace ScaleFunctions.Security.Tests;

/// <summary>Something that must not stand in the sources of what is shipped.</summary>
/// <param name="Row">The row of the checklist.</param>
/// <param name="Name">What must not be, as the end of "there is …".</param>
/// <param name="Pattern">How it is written.</param>
/// <param name="Breakages">Lines that must be found: each proves that the rule can fail.</param>
/// <param name="Except">A file in which it may stand.</param>
internal sealed record SourceRule(string Row, string Name, Regex Pattern, IReadOnlyList<string> Breakages, string Except = "none")
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    public static readonly IReadOnlyList<SourceRule> All =
    [
        new("S10", "a request that deletes", new Regex(@"(RequestMethod|HttpMethod|HttpMethods)\.Delete\b|\.DeleteAsync\(WaitUntil", Options),
            ["message.Request.Method = RequestMethod.Delete;", "new HttpRequestMessage(HttpMethod.Delete, address)", "await set.DeleteAsync(WaitUntil.Started)"]),
        // Its generator writes the classes in another order each time it runs, so two builds of the same sources differ.
        new("S25", "a log message that is generated", new Regex(@"\[[^\]]*\bLoggerMessage(\(|\])", Options), ["[LoggerMessage(1, LogLevel.Error, \"{Why}\")]", "[property: LoggerMessage]"]),
        new("S28", "a program that is started", new Regex(@"\bProcess\.Start\b|new ProcessStartInfo\b|UseShellExecute", Options),
            ["Process.Start(\"sh\")", "var start = new ProcessStartInfo(\"az\");"]),
        new("S28", "code that is loaded by name", new Regex(@"\bAssembly\.(Load|LoadFrom|LoadFile|UnsafeLoadFrom)\b|AssemblyLoadContext|\bActivator\.CreateInstance|\bType\.GetType\(|Reflection\.Emit|CSharpScript|CodeDom", Options),
            ["Assembly.LoadFrom(path)", "Activator.CreateInstance(type)", "Type.GetType(name)", "new AssemblyLoadContext(\"x\")"]),
        new("S28", "a reader that makes objects of types named in its input", new Regex(@"BinaryFormatter|SoapFormatter|NetDataContractSerializer|LosFormatter|ObjectStateFormatter|TypeNameHandling|JavaScriptTypeResolver|new DeserializerBuilder\b", Options),
            ["new BinaryFormatter()", "TypeNameHandling = TypeNameHandling.Auto", "new DeserializerBuilder().Build()"]),
        new("S28", "native code that is called", new Regex(@"\[DllImport|\[LibraryImport|NativeLibrary\.Load|\bunsafe (static|class|void|struct|partial|\{)", Options),
            ["[DllImport(\"libc\")]", "[LibraryImport(\"libc\")]", "NativeLibrary.Load(path)", "public static unsafe void Copy()"]),
        new("S28", "a certificate that is not checked", new Regex(@"DangerousAcceptAny|(ServerCertificate|RemoteCertificate)\w*Callback\s*(=|\+=)\s*\(?[^;]*=>\s*true", Options),
            ["ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator", "RemoteCertificateValidationCallback = (_, _, _, _) => true"]),
        new("S32", "a key of a caller that is read", new Regex("x-functions-key|Headers\\.Authorization|Headers\\[\"Authorization\"\\]|Query\\[\"(code|sig)\"\\]", Options | RegexOptions.IgnoreCase),
            ["request.Headers[\"x-functions-key\"]", "context.Request.Headers.Authorization", "request.Query[\"code\"] == key"],
            // Counts callers by the hash of their key, and lets nobody in by it.
            Except: "CallLimits.cs"),
    ];

    /// <summary>Places in files that break it: file and line.</summary>
    public IEnumerable<string> Findings(IEnumerable<(string Path, string Text)> files) =>
        from file in files
        where Path.GetFileName(file.Path) != Except
        from line in file.Text.Split('\n').Index()
        where !line.Item.TrimStart().StartsWith("//", StringComparison.Ordinal) && Pattern.IsMatch(line.Item)
        select $"{file.Path}:{line.Index + 1}: {line.Item.Trim()}";
}
