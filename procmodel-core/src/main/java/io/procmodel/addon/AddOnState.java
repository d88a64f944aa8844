package io.procmodel.addon;

/** How far an add-on came (Heroku: ADD-3). */
public enum AddOnState {
    /** Its provider is making it; its config vars come later. */
    PROVISIONING,
    /** It may be used. */
    PROVISIONED,
    /** It is being given back; what remains is the provider's to do. */
    DEPROVISIONING
}
