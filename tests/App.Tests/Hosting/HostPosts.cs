using System.Text.Json;

namespace ScaleFunctions.App.Tests.Hosting;

/// <summary>Bodies as the Functions host 4 posts them, byte for byte as it writes them.</summary>
internal static class HostPosts
{
    public const string Timer =
        """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"2026-01-05T08:59:00+00:00","Next":"2026-01-05T09:00:00+00:00","LastUpdated":"2026-01-05T08:59:00+00:00"},"IsPastDue":false}},"Metadata":{"sys":{"MethodName":"ScaleTick","UtcNow":"2026-01-05T09:00:00.8176667Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    /// <summary>The host keeps no status for schedules shorter than a minute.</summary>
    public const string TimerWithoutStatus =
        """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":true}},"Metadata":{"sys":{"MethodName":"ScaleTick","UtcNow":"2026-01-05T09:00:00.8176667Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    public const string TimerTriedAgain =
        """{"Data":{"timer":{"Schedule":{"AdjustForDST":true},"ScheduleStatus":{"Last":"0001-01-01T00:00:00+00:00","Next":"2026-01-05T09:00:00+00:00","LastUpdated":"0001-01-01T00:00:00+00:00"},"IsPastDue":false}},"Metadata":{"timer":"\"\"","RetryContext":{"RetryCount":1,"MaxRetryCount":2,"Exception":{"ClassName":"System.Exception","Message":"CANARY-exception"},"Instance":null,"State":{}},"sys":{"MethodName":"ScaleTick","UtcNow":"2026-01-05T09:00:00.8176667Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    public const string EventGrid =
        """{"Data":{"event":{"id":"e1","topic":"/subscriptions/0/x","subject":"/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web","eventType":"Microsoft.Resources.ResourceWriteSuccess","eventTime":"2026-01-05T09:00:00.1234567Z","data":{"status":"Succeeded","operationName":"Microsoft.Compute/virtualMachineScaleSets/write","claims":{"name":"CANARY-person"}},"dataVersion":"2","metadataVersion":"1"}},"Metadata":{"data":{"status":"Succeeded"},"sys":{"MethodName":"ResourceEvent","UtcNow":"2026-01-05T09:00:01.0000000Z","RandGuid":"c0ffee00-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    public const string CloudEvent =
        """{"Data":{"event":{"specversion":"1.0","id":"c1","source":"/subscriptions/0/x","type":"Microsoft.Resources.ResourceWriteSuccess","subject":"/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.Compute/virtualMachineScaleSets/web","time":"2026-01-05T09:00:00.1234567Z","datacontenttype":"application/json","data":{"status":"Succeeded","operationName":"Microsoft.Compute/virtualMachineScaleSets/write"}}},"Metadata":{"data":{"status":"Succeeded"},"sys":{"MethodName":"ResourceEvent","UtcNow":"2026-01-05T09:00:01.0000000Z","RandGuid":"c0ffee00-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    /// <summary>A forwarded call as it comes when it is not forwarded: keys are in the address, the query and the metadata.</summary>
    public const string HttpWithKeys =
        """{"Data":{"req":{"Url":"http://127.0.0.1:7171/api/v1/targets?code=CANARY-url","Method":"GET","Query":{"code":"CANARY-query"},"Headers":{"x-functions-key":["CANARY-header"]},"Params":{},"Identities":[]}},"Metadata":{"Query":{"code":"CANARY-metadata"},"sys":{"MethodName":"ApiRead","UtcNow":"2026-01-05T09:00:00.8176667Z","RandGuid":"53380091-391d-4d3e-aa2d-a899a4cdfd5c"}}}""";

    /// <summary>An evaluate message that came too late: it is dropped.</summary>
    public const string LateEvaluation =
        """{"tickId":"200001010000","tickAt":"2000-01-01T00:00:00Z","expiresAt":"2000-01-01T00:01:30Z","batch":0,"targets":[]}""";

    /// <summary>A queue message as the host's source says: its text as JSON in a string, numbers in strings.</summary>
    public static string Queue(string text) =>
        $$$$"""{"Data":{"item":{{{{Quoted(Quoted(text))}}}}},"Metadata":{"Id":"\"800ae4b3\"","DequeueCount":"1","PopReceipt":"\"AgAAAA\"","InsertionTime":"2026-01-05T08:59:31+00:00","ExpirationTime":"2026-01-12T08:59:31+00:00","NextVisibleTime":"2026-01-05T09:09:31+00:00","sys":{"MethodName":"Evaluate","UtcNow":"2026-01-05T09:00:00Z","RandGuid":"53380091"}}}""";

    /// <summary>A queue message as the documentation prints it: its text in a string, the count as a number.</summary>
    public static string PlainQueue(string text) =>
        $$$$"""{"Data":{"item":{{{{Quoted(text)}}}}},"Metadata":{"Id":"800ae4b3","DequeueCount":1,"InsertionTime":"2026-01-05T08:59:31+00:00","sys":{"MethodName":"Evaluate"}}}""";

    public static string Event(string id, string type, string data) =>
        $$$$"""{"Data":{"event":{"id":{{{{Quoted(id)}}}},"topic":"/subscriptions/0/x","subject":"/subscriptions/0/x","eventType":{{{{Quoted(type)}}}},"eventTime":"2026-01-05T09:00:00.1234567Z","data":{{{{data}}}},"dataVersion":"2","metadataVersion":"1"}},"Metadata":{"sys":{}}}""";

    public static TheoryData<string, string> All => new()
    {
        { "ScaleTick", Timer },
        { "ScaleTick", TimerWithoutStatus },
        { "ScaleTick", TimerTriedAgain },
        { "Evaluate", Queue(LateEvaluation) },
        { "Evaluate", PlainQueue(LateEvaluation) },
        { "ResourceEvent", EventGrid },
        { "ResourceEvent", CloudEvent },
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
